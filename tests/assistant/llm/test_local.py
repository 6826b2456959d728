import pytest

from assistant.llm import LLMError, Rewriter
from assistant.llm.chat import Message
from assistant.llm.local import LocalChat
from assistant.types import Reply

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

WORDS = ["<eos>", "<unk>", "Clay", "mug", "is", "$12.50.", "system:", "user:", "assistant:", "hi"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A chat model of a few thousand weights, made here."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("tiny")
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    plain = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(
        tokenizer_object=plain, eos_token="<eos>", unk_token="<unk>"
    ).save_pretrained(path)
    config = GPT2Config(
        vocab_size=len(WORDS), n_positions=128, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    GPT2LMHeadModel(config).save_pretrained(path)
    return path


def test_it_answers_the_same_within_the_tokens(folder):
    chat = LocalChat.load(str(folder), 5.0)
    ask = (Message("system", "hi"), Message("user", "Clay mug"))
    answer = chat.complete(ask, 4)
    assert len(answer.split()) <= 4
    assert chat.complete(ask, 4) == answer


def test_nonsense_from_a_model_leaves_the_plain_answer(folder):
    rewriter = Rewriter(LocalChat.load(str(folder), 5.0))
    plain = Reply("s", 1, "en", "Clay mug is $12.50.", action="show_price")
    assert rewriter.reword(plain) == plain


def test_a_prompt_that_is_too_long_is_an_error(folder):
    chat = LocalChat.load(str(folder), 5.0)
    with pytest.raises(LLMError, match="128"):
        chat.complete((Message("user", "hi " * 200),), 4)


def test_a_missing_model_says_so(tmp_path):
    with pytest.raises(ValueError, match="no chat model"):
        LocalChat.load(str(tmp_path), 1.0)
