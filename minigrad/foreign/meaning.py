"""What the name of an argument says: a size, an input, a target, a state, a weight, an upstream gradient."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass

from minigrad.foreign.names import normal, stems


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INPUTS = _words(
    "x xs xt inputs input inp inps xseq inputseq sequence seq seqs sequences data xdata xtrain trainx "
    "batch xbatch batchx sentence tokens idx indices inputsequence inputlist xlist inputdata features "
    "samples sample example ix sent"
)
_TARGETS = _words(
    "y ys yt targets target t ts labels label ytrue truth expected desired outputseq ytrain targetseq "
    "gt lbl trainy ybatch batchy answers answer targetsequence labelseq ylist groundtruth d next"
)
_STATES = _words(
    "h h0 hs hprev hprevious hinit prevh a0 aprev s0 sprev s initialstate initstate prevhidden "
    "hiddenstate state prevstate previousstate hidden hiddens initialhidden initialhiddenstate hp "
    "lasth hpre h1 hstart ht prevs hiddenprev initstates hiddeninit"
)
_CELLS = _words("c c0 cprev prevc cs cellstate cprevious cinit initialc cell ct cprevt cp")
_CACHES = _words(
    "cache caches tape ctx context history memory mem store intermediate intermediates trace forwardcache"
)
_OUTPUTS = _words(
    "out output outputs ypred yhat yhats preds pred prediction predictions p ps probs prob logits "
    "scores o os softmax probabilities activations results result ypreds yp"
)
_UPSTREAM = _words(
    "dout douts upstream grad grads gradient delta deltas dvalues dvalue error errors err gradoutput "
    "gradout dy dys dl doutput doutputs dloss lossgrad da dh dhs outputgradient gradoutputs "
    "upstreamgrad dz"
)
_PARAMS = _words("params parameters param p weights theta model network pars weight paramsdict parameter")
_RATES = _words("lr learningrate alpha eta learnrate lrate rate stepsize epsilon")
_CUTS = _words("bptttruncate truncate truncation tau bpttsteps bptt k maxbptt trunc truncatedsteps")

SIZE_WORDS = {
    "H": _words(
        "h na nh hidden hiddensize hiddendim hdim hiddenunits nhidden units numhidden statesize rnnsize "
        "dimhidden hid hiddennodes numunits nhid hiddenlayersize numhiddenunits hiddenneurons memcellct "
        "hiddenlen hsize ns statedim dh hn hiddenlayer nhu numhiddens hiddennum hd nunits hiddens dimh "
        "cellsize"
    ),
    "D": _words(
        "d nx xdim inputsize inputdim indim nin numinputs ninputs dimin insize ndim embeddim features "
        "xsize xin numinput ninput numfeatures embeddingdim nfeatures inputs in inputs inputlen e f dx "
        "nfeat embsize inputnodes wordvecsize inputunits xlen inputn dimx wordsize embed embeddingsize "
        "numin"
    ),
    "O": _words(
        "o ny ydim outputsize outputdim outdim nout numoutputs noutputs numclasses nclasses classes "
        "dimout outsize k outputlen outputnodes c out nclass numclass outputunits numoutput noutput dy "
        "dimy numout nlabels outputs"
    ),
    "V": _words(
        "v vocabsize worddim nchars vocab numchars charsize vocablen dictsize nvocab numwords alphabet "
        "vocabularysize datasize iosize lenvocab charsnum numtokens nwords nchar"
    ),
    "T": _words(
        "t tx ty seqlen seqlength seqlen timesteps steps numsteps sequencelength length timestep time "
        "nsteps tau seqsize numtimesteps lenseq seq unroll timesteplen step seqlengths bpttsteps"
    ),
    "B": _words(
        "b n m batch batchsize nbatch bs numexamples minibatch ndata nsamples samples batches numsamples "
        "batchsz"
    ),
}  # fmt: skip
"""What sizes are called, normalised, by the letter of the size."""

_SIZE_MARKS = _words("size dim dims num number of n length count units nodes neurons layer")
_ONES = _words(
    "epochs epoch numepochs nepoch nepochs iterations iters niter numiters maxiter layers numlayers "
    "nlayers depth"
)


@dataclass(frozen=True)
class Sizes:
    """How long everything is: all lengths differ, so that wrong guesses raise."""

    H: int = 4
    D: int = 3
    O: int = 2  # noqa: E741  # the textbook's letter
    V: int = 7
    T: int = 5
    B: int = 6

    @classmethod
    def vocabulary(cls) -> Sizes:
        """One vocabulary for inputs and outputs."""
        return cls(D=7, O=7)

    def of(self, name: str) -> int | None:
        """The size that a name says, or None.

        Example:
            >>> Sizes().of("hidden_size"), Sizes().of("n_x"), Sizes().of("colour")
            (4, 3, None)
        """
        word = size_letter(name)
        size: int | None = getattr(self, word) if word else None
        return size

    def evaluate(self, text: str) -> int | None:
        """The size that an expression of names says: `4*H`, `n_a + n_x`, `1`."""
        try:
            tree = ast.parse(re.sub(r"(?<=\d)(?=[A-Za-z])", "*", text.strip()), mode="eval")
        except SyntaxError:
            return None
        return self._value(tree.body)

    def _value(self, node: ast.expr) -> int | None:
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, int) else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mult)):
            left, right = self._value(node.left), self._value(node.right)
            if left is None or right is None:
                return None
            return left + right if isinstance(node.op, ast.Add) else left * right
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self.of(node.id if isinstance(node, ast.Name) else node.attr)
        return None


def size_letter(name: str) -> str | None:
    """H, D, O, V, T or B, where a name is that of a size."""
    word = re.sub(r"[^a-z0-9]", "", name.lower())
    # size_hidden is hidden_size, number_of_hidden_units is hidden.
    pieces = [piece for piece in name.lower().split("_") if piece not in _SIZE_MARKS]
    for form in (word, "".join(pieces) + "size" if len(pieces) < len(name.split("_")) else ""):
        for letter, words in SIZE_WORDS.items():
            if form in words:
                return letter
    return None


_WEIGHT = re.compile(
    r"(?i:weight|bias)|(?:[WUV]|[wuv](?=_|[xhyiofgczraskq]{0,2}\d?$)|[bB](?=_|[a-z]?\d?$))(?:_\w*|[A-Za-z]{0,3}\d?)$|W[A-Z]\w*$"
)


def kind_of(name: str, *, whole: bool = False) -> str:
    """What an argument is for, by its name.

    Args:
        name: the name.
        whole: whether it is an argument of a constructor, where sizes are likelier than arrays.

    Example:
        >>> [kind_of(n) for n in ("inputs", "hprev", "Whh", "dh_next", "b_y", "lr", "cache", "parameters")]
        ['input', 'state', 'weight', 'upstream', 'weight', 'rate', 'cache', 'params']
    """
    word = re.sub(r"[^a-z0-9]", "", name.lower())
    if whole and size_letter(name):
        return "size"
    for kind, words in _KINDS:
        if word in words:
            return kind
    if stems(name) and not word.startswith(("dim", "data", "dec", "dir", "dict", "drop", "do", "dt")):
        return "upstream"
    if _WEIGHT.match(name) and not whole:
        return "weight"
    if size_letter(name):
        return "size"
    return _by_ending(word)


def _by_ending(word: str) -> str:
    """The kind of a longer name, by the word in it."""
    for kind, pattern in _PATTERNS:
        if re.search(pattern, word):
            return kind
    return "other"


_KINDS = [
    ("rate", _RATES), ("cut", _CUTS), ("one", _ONES), ("upstream", _UPSTREAM), ("input", _INPUTS),
    ("state", _STATES), ("cell", _CELLS), ("cache", _CACHES), ("output", _OUTPUTS),
    ("target", _TARGETS), ("params", _PARAMS),
]  # fmt: skip
_PATTERNS = [
    ("cut", "trunc"), ("cache", "cache|tape"), ("upstream", "error|upstream|grad|dout"),
    ("target", "target|label|true|truth|actual"), ("state", "hidden|state|prev|minus1|tm1"),
    ("input", "^x|input|seq"), ("output", "pred|prob|yhat|output"),
    ("rate", "learning|^lr"),
]  # fmt: skip


def ends(name: str, names: Collection[str] = ()) -> tuple[str, str]:
    """From where to where a weight leads, as letters of sizes; where a bias comes from is "".

    Args:
        name: of the weight.
        names: of all the weights of the network, which say what a bare `W` is and whether there are gates.

    Example:
        >>> ends("Wxh"), ends("W_hh"), ends("by"), ends("Wf", ["Wf", "Wi", "Wo"])
        (('D', 'H'), ('H', 'H'), ('', 'O'), ('HD', 'H'))
    """
    word = normal(name)
    others = {normal(other) for other in names}
    gated = bool(
        others & {"wf", "wz", "wr", "wfx", "wxf", "uf", "uz", "wfh", "whf", "bf", "bz", "wxi", "wix", "ui"}
    )
    rest = word[1:]
    if word == "c":
        return "", "O"
    if word.startswith("b"):
        return "", "O" if _leads_out(rest, gated=gated) else "H"
    if not rest:
        return _single(word, others)
    if gated and word[:1] == "u":
        return "H", "H"
    if gated and rest in _words("f i c o g z r u h j a n") and not (rest == "h" and "wx" in others):
        return ("D", "H") if others & {"uf", "uz", "ui"} else ("HD", "H")
    return _by_letters(word, rest, gated=gated)


def _leads_out(rest: str, *, gated: bool) -> bool:
    return rest in _words("y v out output q k hy yh 2 d p") or (rest == "o" and not gated)


def _single(word: str, others: Collection[str]) -> tuple[str, str]:
    """A weight of one letter: U, W, V of the textbook, or the only one."""
    if word == "u":
        return ("D", "H")
    if word == "v":
        return ("H", "O")
    return ("H", "H") if "u" in others else ("HD", "H")


def _by_letters(word: str, rest: str, *, gated: bool) -> tuple[str, str]:
    """A weight whose letters say both ends, in either order."""
    if gated and len(rest) == len("xf") and set(rest) & set("xha") and set(rest) & set("fiocgzrun"):
        return ("D", "H") if "x" in rest else ("H", "H")
    if rest in _words("hh h aa a rec recurrent ss s hidden hiddenhidden r hidden2hidden") or rest.endswith(
        "hh"
    ):
        return "H", "H"
    if _leads_out(rest, gated=gated) or rest in _words("ho oh hv vh ya ay sy so hq outputs hiddenoutput"):
        return "H", "O"
    return ("H", "O") if word.startswith("v") and "x" not in rest else ("D", "H")
