#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Larger parsers that vote on the trees of our sources, for the small one to learn from.

    python3 train/teachers.py SENTENCES VOTES --watch DEV ...

SENTENCES is written by `dragoman-train ... --sentences FILE`, and so is each DEV, from a development set: nobody
learns from those, and no vote on their sentences is kept.  VOTES is what `--votes FILE` reads.  Needs PyTorch,
one GPU and 20 minutes; nothing else in the project needs this: train/votes.gz holds the answers.

Each teacher is a deep biaffine parser (Dozat and Manning 2017) over three layers of LSTM (Hochreiter and
Schmidhuber 1997) that sees words, their affixes and letters.  It learns for a fixed time, its rate falling to
nothing as that runs out, and answers with the mean of its last weights.  A treebank is cut in five parts, and
only teachers that have not seen a sentence vote on it, so that a vote tells how sure a reader can be and not
what the annotator wrote (stacking, Wolpert 1992); texts without trees are voted on by all.  A vote is a
probability of (head, relation); those of the teachers are averaged (Kuncoro et al. 2016).
"""
import argparse
import copy
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict

import torch
from torch import nn
from torch.nn.functional import cross_entropy, log_softmax

FOLDS, KEPT, LETTERS = 5, 8, 20
# A round of teachers learns side by side: one for each fold, then those that see all trees; sizes by turns.
ROUNDS = ({"hidden": (400, 480), "drop": 0.35, "whole": 3}, {"hidden": (480, 600), "drop": 0.42, "whole": 2})
LEAST_SHARE = 0.015  # of a vote that is written


class Sentence:
    def __init__(self, source, has_tree, words):
        self.source, self.has_tree, self.words, self.silent = source, has_tree, words, False


def read_sentences(path, source):
    """A line `# tree` or `# words` before each sentence, then FORM HEAD DEPREL UPOS XPOS, tabs between."""
    sentences = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line in ("#\ttree", "#\twords"):
            sentences.append(Sentence(source, line == "#\ttree", []))
        elif line:
            sentences[-1].words.append(line.split("\t"))
    return sentences


def read_all(a):
    """The sources' sentences, then the watched ones."""
    sentences = read_sentences(a.sentences, "")
    asked = len(sentences)
    for path in a.watch:
        sentences += read_sentences(path, path)
    watched = {tuple(w[0] for w in s.words) for s in sentences[asked:]}
    for s in sentences[:asked]:
        s.silent = tuple(w[0] for w in s.words) in watched
    return sentences


def strings(form):
    norm = "".join("0" if c.isdigit() else c for c in form.lower())
    shape = ""
    for c in form:
        s = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        shape += s if len(shape) < 2 or shape[-2:] != s + s else ""
    return norm, norm[:3], norm[-2:], norm[-3:], norm[-4:], shape


LEAST = (2, 4, 2, 3, 5, 2)


class Vocabulary:
    def __init__(self, sentences):
        self.tables = []
        counts = [Counter() for _ in LEAST]
        letters = Counter()
        for s in sentences:
            for w in s.words if not s.source else ():
                for k, text in enumerate(strings(w[0])):
                    counts[k][text] += 1
                letters.update(w[0])
        for k, least in enumerate(LEAST):
            self.tables.append({t: i + 2 for i, (t, n) in enumerate(sorted(counts[k].items())) if n >= least})
        for table in self.tables:
            for i, t in enumerate(sorted(table)):
                table[t] = i + 2
        self.norms = counts[0]
        self.letters = {c: i + 2 for i, c in enumerate(sorted(c for c, n in letters.items() if n >= 3))}
        trees = [w for s in sentences if s.has_tree and not s.source for w in s.words]
        self.labels = [sorted({w[c] for w in trees}) for c in (2, 3, 4)]
        self.index = [{t: i for i, t in enumerate(names)} for names in self.labels]

    def encode(self, sentence):
        rows, letters, hide = [], [], []
        for w in sentence.words:
            texts = strings(w[0])
            rows.append([self.tables[k].get(t, 1) for k, t in enumerate(texts)])
            form = w[0] if len(w[0]) <= LETTERS else w[0][:LETTERS // 2] + w[0][-LETTERS // 2:]
            letters.append([self.letters.get(c, 1) for c in form] + [0] * (LETTERS - len(form)))
            hide.append(0.02 + 0.6 / (0.6 + self.norms[texts[0]]))
        gold = None
        if sentence.has_tree:
            gold = [[int(w[1])] + [self.index[k].get(w[2 + k], 0) for k in range(3)] for w in sentence.words]
        return rows, letters, hide, gold


def batches(encoded, order, room, shuffle):
    """Sentences of like length together, about `room` words a batch."""
    order = sorted(order, key=lambda i: (len(encoded[i][0]) + (random.random() * 3 if shuffle else 0), i))
    out, now, longest = [], [], 0
    for i in order:
        longest = max(longest, len(encoded[i][0]))
        if now and longest * (len(now) + 1) > room:
            out.append(now)
            now, longest = [], len(encoded[i][0])
        now.append(i)
    out.append(now)
    if shuffle:
        random.shuffle(out)
    return out


class Store:
    """All sentences' numbers on the device, one row a word; row 0 is padding."""

    def __init__(self, encoded, device):
        flat = lambda k, width, kind: torch.tensor([[0] * width] + [x for e in encoded for x in e[k]], dtype=kind).to(device)
        self.rows, self.letters = flat(0, 6, torch.long), flat(1, LETTERS, torch.long)
        self.hide = torch.tensor([0.0] + [x for e in encoded for x in e[2]]).to(device)
        none = [-1] * 4
        self.gold = torch.tensor([none] + [x for e in encoded for x in (e[3] or [none] * len(e[0]))]).to(device)
        self.sizes = [len(e[0]) for e in encoded]
        self.starts, at = [], 1
        for size in self.sizes:
            self.starts.append(at)
            at += size
        self.device = device

    def take(self, ids):
        lengths = torch.tensor([self.sizes[i] for i in ids])
        starts = torch.tensor([self.starts[i] for i in ids])
        step = torch.arange(int(lengths.max()))
        at = torch.where(step < lengths[:, None], starts[:, None] + step, 0).to(self.device)
        return self.rows[at], self.letters[at], self.hide[at], self.gold[at], lengths


class Teacher(nn.Module):
    def __init__(self, v, hidden, drop, layers=3, arc=400, rel=128):
        super().__init__()
        widths = (200, 50, 50, 75, 75, 50)
        self.rows = nn.ModuleList(nn.Embedding(len(t) + 2, w) for t, w in zip(v.tables, widths))
        self.letters = nn.Embedding(len(v.letters) + 2, 48, padding_idx=0)
        self.cnn = nn.ModuleList(nn.Conv1d(48, 64, k, padding=k // 2) for k in (2, 3, 4))
        self.lstm = nn.ModuleList(nn.LSTM(sum(widths) + 192 if i == 0 else 2 * hidden, hidden, batch_first=True, bidirectional=True)
                                  for i in range(layers))
        self.drop = drop
        make = lambda size: nn.Sequential(nn.Linear(2 * hidden, size), nn.LeakyReLU(0.1), nn.Dropout(drop))
        self.arc_d, self.arc_h, self.rel_d, self.rel_h = make(arc), make(arc), make(rel), make(rel)
        self.root = nn.Parameter(torch.randn(2 * hidden) * 0.1)
        self.arc_u = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_u = nn.Parameter(torch.zeros(len(v.labels[0]), rel + 1, rel + 1))
        nn.init.normal_(self.arc_u, std=0.5 / arc)
        nn.init.normal_(self.rel_u, std=0.5 / rel)
        self.far = nn.Parameter(torch.zeros(33))
        self.tags = nn.ModuleList(nn.Linear(2 * hidden, len(names)) for names in v.labels[1:])
        for e in self.rows:
            nn.init.normal_(e.weight, std=0.3)

    def same_mask(self, x):  # one mask a sentence (Gal and Ghahramani 2016)
        if not self.training:
            return x
        keep = 1 - self.drop
        return x * (torch.rand(x.shape[0], 1, x.shape[2], device=x.device) < keep).to(x.dtype) / keep

    def forward(self, rows, letters, hide, lengths):
        if self.training:
            hidden = torch.rand(rows.shape[:2], device=rows.device) < hide
            other = torch.rand(rows.shape, device=rows.device) < 0.03
            other[:, :, 0] |= hidden
            rows = torch.where(other & (rows > 0), torch.ones_like(rows), rows)
        b, n = rows.shape[:2]
        x = [e(rows[:, :, k]) for k, e in enumerate(self.rows)]
        c = self.letters(letters.view(b * n, LETTERS)).transpose(1, 2)
        x += [torch.relu(conv(c)).amax(2).view(b, n, -1) for conv in self.cnn]
        x = self.same_mask(torch.cat(x, 2))
        for lstm in self.lstm:
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            x, _ = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=n)
            x = self.same_mask(x)
        with_root = torch.cat([self.root.expand(b, 1, -1), x], 1)
        d, h = self.arc_d(x), self.arc_h(with_root)
        arcs = torch.cat([d, torch.ones_like(d[:, :, :1])], 2) @ self.arc_u @ h.transpose(1, 2)
        i = torch.arange(1, n + 1, device=x.device)[:, None]
        j = torch.arange(0, n + 1, device=x.device)[None]
        arcs = arcs + torch.where(j > 0, self.far[(j - i).clamp(-16, 16) + 16], torch.zeros((), device=x.device))
        no = (j > lengths.to(x.device)[:, None, None]) | (i == j)
        arcs = arcs.masked_fill(no, -1e9)
        one = lambda t: torch.cat([t, torch.ones_like(t[:, :, :1])], 2)
        return arcs, one(self.rel_d(x)), one(self.rel_h(with_root)), [t(x) for t in self.tags]

    def relations(self, d, h, heads):
        """[b, n, k, labels] of the heads [b, n, k]."""
        b, n, k = heads.shape
        chosen = torch.gather(h, 1, heads.view(b, n * k, 1).expand(-1, -1, h.shape[2])).view(b, n, k, -1)
        left = torch.einsum("bni,rij->bnrj", d, self.rel_u)
        return torch.einsum("bnrj,bnkj->bnkr", left, chosen)


def loss_of(model, part):
    rows, letters, hide, gold, lengths = part
    arcs, d, h, tags = model(rows, letters, hide, lengths)
    heads = gold[:, :, 0]
    known = heads >= 0
    rels = model.relations(d, h, heads.clamp(min=0)[:, :, None])[:, :, 0]
    loss = cross_entropy(arcs[known], heads[known]) + cross_entropy(rels[known], gold[:, :, 1][known])
    for k, t in enumerate(tags):
        loss = loss + 0.3 * cross_entropy(t[known], gold[:, :, 2 + k][known])
    return loss


def learn(model, encoded, store, order, seconds, name):
    optimizer = torch.optim.Adam(model.parameters(), lr=0, betas=(0.9, 0.95), eps=1e-8)
    mean = copy.deepcopy(model).eval()
    begin, step, epoch, total = time.time(), 0, 0, 0.0
    while True:
        epoch += 1
        for ids in batches(encoded, order, 6000, True):
            done = (time.time() - begin) / seconds
            if done >= 1:
                print(f"{name}: {epoch} epochs, {step} steps, last loss {total:.3f}", flush=True)
                return mean
            rate = 2.2e-3 * min(1, step / 150) * (1 - done) ** 0.9
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss = loss_of(model, store.take(ids))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5)
            optimizer.step()
            step += 1
            if step % 200 == 0:
                total = loss.item()
            with torch.no_grad():
                keep = min(0.998, step / (step + 20))
                torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - keep)


def vote(model, encoded, store, order):
    """{sentence: [words][KEPT] of (head, label, probability)} and tags."""
    out = {}
    with torch.no_grad():
        for ids in batches(encoded, order, 12000, False):
            rows, letters, hide, _, lengths = store.take(ids)
            arcs, d, h, tags = model(rows, letters, hide, lengths)
            p = arcs.softmax(2)
            k = min(5, p.shape[2])
            best, heads = p.topk(k, 2)
            rels = model.relations(d, h, heads)
            root = heads == 0
            is_root = torch.arange(rels.shape[3], device=rels.device) == model.root_label
            rels = rels.masked_fill(root[..., None] != is_root, -1e9).softmax(3)
            joint = (best[..., None] * rels).flatten(2)
            top, at = joint.topk(KEPT, 2)
            labels = rels.shape[3]
            head = torch.gather(heads, 2, at // labels)
            packed = torch.stack([head.float(), (at % labels).float(), top.float()], 3).cpu()
            guesses = [t.argmax(2).cpu() for t in tags]
            for row, i in enumerate(ids):
                n = len(encoded[i][0])
                out[i] = (packed[row, :n].clone(), [g[row, :n].clone() for g in guesses])
    return out


class Score:
    """Heads, and heads with relations, against the treebanks."""

    def __init__(self):
        self.all = defaultdict(lambda: [0, 0, 0])

    def add(self, sentence, word, head, relation):
        right = int(word[1]) == head
        for k, n in enumerate((1, right, right and word[2] == relation)):
            self.all[sentence.source or "parts not seen"][k] += n

    def __str__(self):
        return "; ".join(f"{name}: UAS {100 * h / n:.2f} LAS {100 * r / n:.2f}" for name, (n, h, r) in self.all.items())


def run_teacher(a):
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.set_num_threads(2)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    sentences = read_all(a)
    v = Vocabulary(sentences)
    encoded = [v.encode(s) for s in sentences]
    limited = lambda i: 0 < len(encoded[i][0]) <= 150
    held = lambda i: a.fold >= 0 and i // 60 % FOLDS == a.fold
    train = [i for i, s in enumerate(sentences) if s.has_tree and not s.source and limited(i) and not held(i)]
    asked = [i for i, s in enumerate(sentences) if limited(i) and not s.silent and (s.source or not s.has_tree or held(i))]
    plan = ROUNDS[a.round]
    model = Teacher(v, plan["hidden"][a.seed % 2], plan["drop"]).to(device)
    model.root_label = v.index[0]["root"]
    store = Store(encoded, device)
    mean = learn(model, encoded, store, train, a.seconds, f"teacher {a.seed}")
    for lstm in mean.lstm:
        lstm.flatten_parameters()
    votes = vote(mean, encoded, store, asked)
    score = Score()
    for i, (packed, _) in votes.items():
        if sentences[i].has_tree:
            for word, (head, label, _) in zip(sentences[i].words, packed[:, 0].tolist()):
                score.add(sentences[i], word, int(head), v.labels[0][int(label)])
    print(f"teacher {a.seed}: {score}", flush=True)
    torch.save({i: (p.half(), [g.to(torch.int16) for g in t]) for i, (p, t) in votes.items()}, a.part)


def merge(paths):
    """Sums of probabilities by (head, label) and counts of tags for each word of each sentence; how many voted."""
    total, tags, voters = {}, {}, Counter()
    for path in paths:
        for i, (packed, guessed) in torch.load(path).items():
            voters[i] += 1
            n = packed.shape[0]
            sums = total.setdefault(i, [defaultdict(float) for _ in range(n)])
            counts = tags.setdefault(i, [[Counter(), Counter()] for _ in range(n)])
            for w, row in enumerate(packed.tolist()):
                for head, label, p in row:
                    if p > 0.002 or not sums[w]:
                        sums[w][int(head), int(label)] += p
                for k in range(2):
                    counts[w][k][int(guessed[k][w])] += 1
    return total, tags, voters


def best(ranked):
    """The head that most votes are for, with its relation."""
    heads = Counter()
    for p, head, _ in ranked:
        heads[head] += p
    head = max(heads, key=lambda h: heads[h])
    return head, max((p, label) for p, h, label in ranked if h == head)[1]


def write_votes(sentences, v, total, tags, voters, path):
    """A line a sentence: `-` without votes, else for each word =HEAD:RELATION:PERCENT,... with its tags before it where it had none."""
    score = Score()
    with gzip.GzipFile(path, "wb", compresslevel=9, mtime=0) as out:
        for i, s in enumerate(sentences):
            words = []
            for w, sums in enumerate(total.get(i, [])):
                ranked = sorted(((p / voters[i], h, r) for (h, r), p in sums.items()), reverse=True)
                kept = [(p, h, r) for p, h, r in ranked[:6] if p >= LEAST_SHARE] or [(1, *ranked[0][1:])]
                names = [] if s.has_tree else [v.labels[k + 1][max(sorted(c), key=lambda x: c[x])] for k, c in enumerate(tags[i][w])]
                words.append("/".join(names) + "=" + ",".join(f"{h}:{v.labels[0][r]}:{round(100 * p)}" for p, h, r in kept))
                if s.has_tree:
                    head, label = best(ranked)
                    score.add(s, s.words[w], head, v.labels[0][label])
            if not s.source:
                out.write((" ".join(words or "-") + "\n").encode())
    print(f"together: {score}", flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("sentences")
    p.add_argument("votes")
    p.add_argument("--watch", nargs="*", default=[])
    p.add_argument("--seconds", type=float, default=430, help="a round's time for learning")
    p.add_argument("--fold", type=int, help=argparse.SUPPRESS)  # one teacher: how this program starts itself
    p.add_argument("--round", type=int, help=argparse.SUPPRESS)
    p.add_argument("--seed", type=int, help=argparse.SUPPRESS)
    p.add_argument("--part", help=argparse.SUPPRESS)
    a = p.parse_args()
    if a.fold is not None:
        return run_teacher(a)
    paths = []
    with tempfile.TemporaryDirectory() as work:
        for number, plan in enumerate(ROUNDS):
            runs = []
            for k, fold in enumerate([*range(FOLDS), *[-1] * plan["whole"]]):
                seed = 100 * (number + 1) + k
                paths.append(os.path.join(work, f"{seed}.pt"))
                runs.append(subprocess.Popen([sys.executable, __file__, a.sentences, a.votes, "--seconds", str(a.seconds), "--round", str(number),
                                              "--seed", str(seed), "--fold", str(fold), "--part", paths[-1], "--watch", *a.watch]))
            if any([r.wait() for r in runs]):
                return 1
        sentences = read_all(a)
        write_votes(sentences, Vocabulary(sentences), *merge(paths), a.votes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
