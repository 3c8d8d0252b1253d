"""Random documents in Turtle and TriG, with every syntax that the engine reads."""

from collections.abc import Iterator
from random import Random

HEAD = '@prefix e: <http://e/> . PREFIX é: <http://f/>\n@prefix : <http://g/>. VERSION "1.2"\n'
IRIS = ("<http://e/a>", "e:b", "e:c.d", "e:x\\,y", "e:%20z", "<#r>", "é:ü", ":", "e:1", "e:a-b",
        "<http://e/\\u00e9>")  # fmt: skip
LITERALS = ('"x"', '"x"@en', '"y"^^e:d', '"y" ^^ # c\n <http://e/d>', "1", "-1.5", ".5", "1.e3",
            "true", '""', "''", '"#<{["', '"\\"\\\\"', '"x"@en--ltr',
            '"a" @de-AT', "+7E-2")  # fmt: skip
LONG = ("'''a'b''c\n'''", '"""q"r\\"\n z"""', '""""""')
SPACES = (" ", "\n", "\t", ' # c "<\n', "\r\n")


class Writer:
    """Writes documents, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.one_of = self.random.choice

    def turtle(self) -> str:
        kinds = (lambda: self.triples(3), lambda: f"PREFIX zz.z: <u:x>\n{self.triples(1)}",
                 lambda: f"[ {self.said(2)}]", lambda: self.reified(1))  # fmt: skip
        return HEAD + "".join(f"{self.one_of(kinds)()}.{self.space()}" for _ in range(4))

    def trig(self) -> str:
        blocks = (
            lambda: f"{self.triples(2)}.",
            lambda: f"{{{self.space()}{self.triples(2)}. {self.triples(2)}}}",
            lambda: f"GRAPH {self.iri()}{{{self.triples(2)}.}}",
            lambda: f"{self.one_of((*IRIS, '_:g', '[]'))} {{{self.triples(1)}}}",
            lambda: "{}",
        )
        return HEAD + "".join(self.one_of(blocks)() + self.space() for _ in range(5))

    def space(self) -> str:
        return self.one_of(SPACES)

    def iri(self) -> str:
        return self.one_of(IRIS)

    def literal(self) -> str:
        return self.one_of(LITERALS + LONG)

    def spaced(self, *parts: str) -> str:
        return "".join(part + self.space() for part in parts)

    def some(self, number: int) -> Iterator[int]:
        yield from range(self.random.randrange(number))

    def triples(self, depth: int) -> str:
        return self.spaced(self.subject(depth), self.said(depth))

    def subject(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.5:
            return self.one_of((*IRIS, "_:a", "_:b.c", "[]", "[ ]"))
        kinds = (lambda d: f"[{self.space()}{self.said(d)}]", self.list, self.reified)
        return self.one_of(kinds)(depth - 1)

    def said(self, depth: int) -> str:
        parts = [self.spaced(self.one_of(("a", self.iri())), self.objects(depth))]
        parts += [self.spaced(self.iri(), self.objects(depth)) for _ in self.some(3)]
        return f";{self.space()}".join(parts) + self.one_of(("", " ;", " ; ;")) + self.space()

    def objects(self, depth: int) -> str:
        found = [
            self.object(depth) + self.annotation(depth) for _ in range(1, 2 + len([*self.some(3)]))
        ]
        return f"{self.space()},{self.space()}".join(found)

    def object(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.5:
            return self.one_of((self.iri(), self.literal(), "_:o"))
        kinds = (lambda d: f"[{self.space()}{self.one_of(('', self.said(d)))}]", self.list,
                 self.reified, self.triple_term)  # fmt: skip
        return self.one_of(kinds)(depth - 1)

    def list(self, depth: int) -> str:
        return f"({self.space()}{self.spaced(*(self.object(depth) for _ in self.some(4)))})"

    def reified(self, depth: int) -> str:
        inner = self.reified(depth - 1) if depth > 0 else "_:q"
        terms = (
            self.one_of((*IRIS, "_:r", "[]")),
            self.iri(),
            self.one_of((*IRIS, *LITERALS, inner)),
        )
        return f"<< {self.spaced(*terms)}{self.one_of(('', '~ ', '~ e:r ', '~ _:r '))}>>"

    def triple_term(self, _: int) -> str:
        return f"<<( {self.spaced(self.iri(), self.iri(), self.one_of(IRIS + LITERALS))})>>"

    def annotation(self, depth: int) -> str:
        """Annotations, one deep: of those inside others the engine mixes up the reifiers."""
        if depth <= 0 or self.random.random() < 0.8:
            return ""
        block = f"{{| {self.said(0)}|}}"
        kinds = ("~", "~ e:r", "~ _:r", f"~ _:r {block}", block)
        return "".join(f" {self.one_of(kinds)}" for _ in self.some(3))
