"""Tiny random transformers in the layout of the real ones, made in a fraction of a second."""


def save_tiny_model(folder, vocabulary=40, positions=34, spread=0.02):
    """A two-layer XLM-R without a tokenizer, as transformers saves it; returns it in eval mode.

    Args:
        folder: where it is saved.
        vocabulary: how many pieces it knows.
        positions: of which the first two belong to no piece.
        spread: of the random weights; with large ones every layer changes much.
    """
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaModel

    config = XLMRobertaConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=positions,
        type_vocab_size=1,
        initializer_range=spread,
    )
    torch.manual_seed(0)
    model = XLMRobertaModel(config).eval()
    model.save_pretrained(folder)
    return model
