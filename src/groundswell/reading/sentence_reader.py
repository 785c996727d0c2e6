"""One codebook's way through the sentences of an article, tagged when they are needed."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.text import fold_words
from groundswell.reading.cases import Case, Line, Refused, Resolved
from groundswell.reading.frames import Frame, find_frames
from groundswell.reading.scope import resolve_frame
from groundswell.reading.tagging import TagContext, tag_sentence
from groundswell.reading.unframed import find_ratio, find_unframed_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.reading.sentences import Sentence
    from groundswell.reading.unframed import Unframed

_LINES_BACK = 2
_PROTESTS = re.compile(
    r"\b(?:protest|demonstrat|rall(?:y|ies)|march|gathering|event|action|demo|mobili|"
    r"manifest|vigil|sit-in|walk-?out|encampment|picket|participant|attendee)"
)
_UNNAMED = "It is about a topic that it does not name, and nothing near it does."


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRead:
    """What one codebook's words make of a sentence.

    Attributes
    ----------
    looked_for
        What all the codebooks are about, for reasons.
    line
        The tagged sentence.
    frames, claims, refused
        Its frames, those that are claims, those that are none.
    """

    looked_for: str
    line: Line
    frames: tuple[Frame, ...]
    claims: tuple[Resolved, ...]
    refused: tuple[Refused, ...]

    def printed(self, frame: Frame) -> tuple[int, int]:
        """Return where a frame stands in the printed sentence, from its quantity on."""
        tagged = self.line.tagged
        first = tagged.tokens[frame.quantity].start
        last = tagged.tokens[max(frame.end - 1, frame.quantity)].end
        return tagged.to_printed.to_raw(first, last)

    def unframed(self) -> "Iterator[tuple[Unframed, tuple[int, int]]]":
        """Yield the numbers that no frame took, with their place in the sentence."""
        tagged = self.line.tagged
        used = frozenset(
            place
            for frame in self.frames
            for place in range(frame.start, frame.end)
            if place == frame.quantity or tagged.tokens[place].tag in "nE"
        )
        ratio = None if self.frames else find_ratio(tagged)
        if ratio:
            yield ratio, tagged.to_printed.to_raw(ratio.start, ratio.end)
            return
        for one in find_unframed_numbers(tagged, used=used, looked_for=self.looked_for):
            yield one, tagged.to_printed.to_raw(one.start, one.end)


class SentenceReader:
    """Reads sentences with the words of one codebook.

    Parameters
    ----------
    sentences
        Sentences of the article, in its order.
    codebook_id
        The codebook.
    context
        Its terms and dates, and the day of publication.
    is_only
        Whether no other codebook's words occur: `the war` can then only mean its topic.
    """

    def __init__(
        self,
        sentences: "Sequence[Sentence]",
        *,
        codebook_id: str,
        context: TagContext,
        is_only: bool,
    ) -> None:
        self._sentences = sentences
        self._codebook_id = codebook_id
        self._context = context
        self._is_only = is_only
        self._lines: dict[int, Line] = {}

    def read(self, index: int) -> SentenceRead | None:
        """Resolve the frames of a sentence.

        Parameters
        ----------
        index
            Which sentence.

        Returns
        -------
        SentenceRead or None
            `None` where the sentence has no word about protests or of the codebook.
        """
        words = fold_words(self._sentences[index].text)
        if not _PROTESTS.search(words) and not self._context.finder.is_of_interest(words):
            return None
        line = self._line(index)
        frames = find_frames(line.tagged)
        first = max(0, index - _LINES_BACK) if frames else index
        before = [self._line(i) for i in range(first, index)]
        claims: list[Resolved] = []
        refused: list[Refused] = []
        for frame in frames:
            result = self._resolve(
                Case(
                    frame=frame,
                    line=line,
                    before=before,
                    claims_before=tuple(claims),
                    others=tuple(other for other in frames if other is not frame),
                    codebook_id=self._codebook_id,
                )
            )
            if isinstance(result, Resolved):
                claims.append(result)
            else:
                refused.append(result)
        return SentenceRead(
            looked_for=self._context.looked_for,
            line=line,
            frames=frames,
            claims=tuple(claims),
            refused=tuple(refused),
        )

    def _resolve(self, case: Case) -> Resolved | Refused:
        result = resolve_frame(case)
        if isinstance(result, Refused) or result.scope.side or self._is_only:
            return result
        texts = [line.tagged.text for line in (*case.before, case.line)]
        is_named = self._context.finder.names_topic(fold_words(" ".join(texts)))
        return result if is_named else case.refused(_UNNAMED)

    def _line(self, index: int) -> Line:
        if index not in self._lines:
            sentence = self._sentences[index]
            tagged = tag_sentence(sentence.text, context=self._context)
            self._lines[index] = Line(tagged=tagged, start=sentence.start)
        return self._lines[index]
