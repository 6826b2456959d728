"""How texts are spoilt on their way in: typing, input methods, scripts, dictation."""
