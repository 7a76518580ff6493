"""Places that the gazetteer does not know: "huyện Đan Phượng", "ở Gò Vấp"; "Gò Vấp" alone where a place was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.places.mention import Mention, is_capitalised, kind_before
from bot.places.words import LOCATIVES, NOT_PLACES, PARTICLES, is_one_of, words_of
from vitext.fold import Syllable, syllables

_LONGEST_NAME = 3
# After "huyện" in a message without capitals: these begin no name ("huyện nào", "huyện em", "huyện thì").
_NO_NAME = words_of(
    "nào gì khác kia bên cạnh có cũng đã đang sẽ được không ko k hay hoặc và với bao báo bị phải làm còn các những một "
    "hai mấy tổ ủy đoàn lỵ miền lên xuống về đi tiêm chích test ta tao này đó nớ mô miễn khi lúc hôm ngày chưa rồi trong ngoài "
    "em tôi tui mình nhà cháu chúng ạ à nhé thì là ở tại của đến như sao đâu đây thế vậy cho xin ơi lại vẫn"
)
# Where a place was asked for, these say that there is none to be had ("không biết", "đâu cũng được", "gần đây").
_NO_ANSWER = words_of(
    "biết hết thôi gần quanh khắp chỗ nơi cả tất ok ờ đâu không chẳng nhớ quên rõ hiểu nói hỏi trả lời tin cảm ơn"
)


def name_alone(text: str) -> tuple[int, int] | None:
    """The span of a name in a message that says nothing else, as an answer to "where?"; half open, in characters."""
    tokens = syllables(text)
    named = [index for index, token in enumerate(tokens) if not is_one_of(token.text, PARTICLES)]
    if not named or not all(tokens[index].text.isalpha() for index in named):
        return None
    name = tokens[named[0] : named[-1] + 1]
    _, kind = kind_before(name, 1)
    if len(name) > _LONGEST_NAME + (2 if kind else 1):
        return None
    if any(is_one_of(token.text, _NO_ANSWER | _NO_NAME) for token in name):
        return None
    return name[0].start, name[-1].end


def is_proper_name(name: str) -> bool:
    """Whether each of its two or more syllables begins with a capital letter, and not all are capitals."""
    tokens = syllables(name)
    return len(tokens) > 1 and not name.isupper() and is_capitalised(tokens, 0, len(tokens))


def unknown_places(tokens: Sequence[Syllable], text: str, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions of unknown places that do not touch the ``taken`` ones."""
    occupied = {index for mention in taken for index in range(mention.start, mention.end)}
    index = 1
    while index < len(tokens):
        mention = _unknown_at(tokens, text, index)
        if mention and not occupied.intersection(range(mention.start, mention.end)):
            yield mention
            index = mention.end
        index += 1


def _unknown_at(tokens: Sequence[Syllable], text: str, index: int) -> Mention | None:
    start, kind = kind_before(tokens, index)
    spelt_out = kind and tokens[start].end - tokens[start].start > 1
    located = is_one_of(tokens[index - 1].text, LOCATIVES)
    if not (spelt_out or located):
        return None
    end = index
    while end < min(len(tokens), index + _LONGEST_NAME) and _continues(tokens, text, index, end):
        end += 1
    if end - index >= (1 if spelt_out else 2) and not _is_no_place(tokens, index, end):
        return Mention(start if spelt_out else index, end, (), weak=False)
    if spelt_out and kind == "huyện" and _is_plain_name(tokens, text, index):
        return Mention(start, index + 2, (), weak=False)
    return None


def _continues(tokens: Sequence[Syllable], text: str, first: int, index: int) -> bool:
    """Whether the capitalised name that began at ``first`` goes on with this syllable; punctuation ends it."""
    joined = index == first or not text[tokens[index - 1].end : tokens[index].start].strip(" -_")
    return joined and tokens[index].text.isalpha() and is_capitalised(tokens, index, index + 1)


def _is_no_place(tokens: Sequence[Syllable], start: int, end: int) -> bool:
    name = " ".join(token.folded for token in tokens[start:end])
    acronym = end - start == 1 and tokens[start].text.isupper()
    return acronym or any(name == other or name.startswith(f"{other} ") for other in NOT_PLACES)


def _is_plain_name(tokens: Sequence[Syllable], text: str, start: int) -> bool:
    """Two syllables that stand together after "huyện" and are no function words."""
    if start + 2 > len(tokens) or text[tokens[start].end : tokens[start + 1].start].strip(" -_"):
        return False
    return all(token.text.isalpha() and not is_one_of(token.text, _NO_NAME) for token in tokens[start : start + 2])
