// SPDX-License-Identifier: Apache-2.0
// Why a text is coded as it is: its sentences with every reason that the program kept, stage by stage, each with the
// line of the word lists that decided.  The Why and Try screens show the same.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { api, Entry, Report, useAnswer } from "../state/api";
import { codeName, day } from "../state/say";
import { Category, Status } from "./family";
import { Failed } from "./told";

export type Token = { form: string; lemma: string; upos: string; head: number; deprel: string; start: number; stop: number };
export type Piece = { text: string; code: string; start: number; stop: number };
export type Deed = {
    number: number;
    plover: string;
    cameo: string;
    cameo_name: string;
    mutual: boolean;
    source: Piece[];
    target: Piece[];
    claimed_by: Piece[];
    trigger: { text: string; start: number; stop: number };
    frame: string;
    entry: Entry;
    status: string;
    confidence: number;
    same_as: number | null;
    date: string;
    dated_by: string;
    place: string;
    dead: number | null;
    evidence: { start: number; stop: number; text: string };
};
export type Reason = { stage: string; word: string; start: number; stop: number; text: string; entry: Entry };
type How = { text: string; entry: Entry };
export type Sentence = {
    number: number;
    start: number;
    stop: number;
    text: string;
    here: boolean;
    tokens: Token[];
    clauses: {
        token: number;
        lemma: string;
        arguments: { role: string; preposition: string; token: number; form: string; inherited: boolean }[];
        flags: string[];
    }[];
    mentions: { text: string; start: number; stop: number; code: string; name: string; kind: string; link: string[]; entry: Entry }[];
    times: { text: string; start: number; stop: number; value: string; how: How[] }[];
    places: { text: string; start: number; stop: number; name: string; country: string; lat: number; lon: number; how: How[] }[];
    deeds: Deed[];
    statements: { speaker: string; cue: string; act: string; direct: boolean; content: { start: number; stop: number; text: string }[] }[];
    passed: Reason[];
    notes: Reason[];
};
export type Explained = {
    report: Report | null;
    telling?: string;
    deeds: number[];
    same?: boolean;
    differs?: { field: string; desk: string; now: string }[];
    program: string;
    stages: { name: string; title: string; count: number; unit: string }[];
    sentences: Sentence[];
    problems: { stage: string; code: string; message: string }[];
};
type Lines = { file: string; first: number; line: number; lines: string[] };

/** "lang/en/frames/agree.frames:12", which opens to the lines around it. */
export const EntryLink = ({ of }: { of: Entry }) => {
    const [open, set] = useState(false);
    const answer = useAnswer<Lines>(open && of ? api("lexicon", `file=${encodeURIComponent(of.file)}`, `line=${of.line}`) : null);
    if (!of) return null;
    return (
        <span class="entry">
            <button type="button" class="link code" aria-expanded={open} onClick={() => set(!open)}>
                {of.file}:{of.line}
            </button>
            {open && <Failed of={answer} />}
            {open && answer.data && (
                <pre class="lexicon" tabIndex={0} role="region" aria-label={`Lines of ${of.file}`}>
                    {answer.data.lines.map((l, i) => {
                        const number = (answer.data?.first ?? 1) + i;
                        return (
                            <span key={number} class={number === answer.data?.line ? "this" : ""}>
                                <i>{number}</i>
                                {l}
                                {"\n"}
                            </span>
                        );
                    })}
                </pre>
            )}
        </span>
    );
};

const Names = ({ of }: { of: Piece[] }) => (
    <>
        {of.map((p, i) => (
            <span key={i}>
                {i > 0 && ", "}
                <bdi>{p.text}</bdi> <span class="code soft">{p.code}</span>
            </span>
        ))}
    </>
);
const Line = ({ name, children }: { name: string; children: ComponentChildren }) => (
    <>
        <dt>{name}</dt>
        <dd>{children}</dd>
    </>
);

export const DeedFacts = ({ of: d, chosen }: { of: Deed; chosen?: boolean }) => (
    <section class={`deed${chosen ? " chosen" : ""}`} aria-label={`Deed ${d.plover} ${d.trigger.text}`}>
        <h3 class="row">
            <Category name={d.plover} />
            <span class="soft">
                {d.cameo} {d.cameo_name}
            </span>
            {chosen && <span class="status">this event</span>}
            {d.same_as !== null && <span class="status">the same event as one above</span>}
        </h3>
        <dl class="facts">
            <Line name="What">
                “<bdi>{d.trigger.text}</bdi>” fires frame <b>{d.frame}</b> <EntryLink of={d.entry} />
            </Line>
            <Line name="Who">{d.source.length ? <Names of={d.source} /> : <span class="soft">nobody named</span>}</Line>
            <Line name="To whom">
                {d.mutual ? (
                    <span class="soft">each other</span>
                ) : d.target.length ? (
                    <Names of={d.target} />
                ) : (
                    <span class="soft">nobody named</span>
                )}
            </Line>
            <Line name="When">
                {d.date ? day(d.date) : <span class="soft">not said</span>} <span class="soft">{d.dated_by}</span>
            </Line>
            <Line name="Where">{d.place ? <bdi>{d.place}</bdi> : <span class="soft">not said</span>}</Line>
            <Line name="Status">
                <Status of={d.status} />{" "}
                {d.claimed_by.length > 0 && (
                    <>
                        by <Names of={d.claimed_by} />
                    </>
                )}{" "}
                <span class="soft">confidence {d.confidence.toFixed(2)}</span>
            </Line>
            <Line name="Words">
                <q class="words">
                    <bdi>{d.evidence.text}</bdi>
                </q>
            </Line>
        </dl>
    </section>
);

/** The tree of a sentence as an indented list: no arcs, whatever its length. */
const Tree = ({ tokens }: { tokens: Token[] }) => {
    const branch = (head: number, depth: number): ComponentChildren => {
        const own = tokens.map((t, i) => ({ t, i: i + 1 })).filter(({ t }) => t.head === head);
        if (!own.length || depth > 60) return null;
        return (
            <ul>
                {own.map(({ t, i }) => (
                    <li key={i}>
                        <b>
                            <bdi>{t.form}</bdi>
                        </b>{" "}
                        <span class="soft">
                            {t.deprel} · {t.upos} · {t.lemma}
                        </span>
                        {branch(i, depth + 1)}
                    </li>
                ))}
            </ul>
        );
    };
    return <div class="tree">{branch(0, 0)}</div>;
};

const Reasons = ({ of, none }: { of: Reason[]; none: string }) =>
    of.length ? (
        <ul class="lines">
            {of.map((r, i) => (
                <li key={i}>
                    <b>
                        <bdi>{r.word}</bdi>
                    </b>{" "}
                    {r.text} <EntryLink of={r.entry} />
                </li>
            ))}
        </ul>
    ) : (
        <p class="soft">{none}</p>
    );

const Hows = ({ of }: { of: How[] }) => (
    <>
        {of.map((h, i) => (
            <span key={i}>
                {i > 0 && "; "}
                {h.text} <EntryLink of={h.entry} />
            </span>
        ))}
    </>
);

const Tokens = ({ of }: { of: Token[] }) => (
    <ol class="tokens">
        {of.map((t, i) => (
            <li key={i}>
                <bdi>{t.form}</bdi>
                <span class="soft">{t.upos}</span>
            </li>
        ))}
    </ol>
);

/** What one stage did with one sentence. */
export const StageOf = ({ stage, of: s, deeds }: { stage: string; of: Sentence; deeds: number[] }) => {
    const notes = s.notes.filter((n) => n.stage === stage),
        passed = s.passed.filter((n) => n.stage === stage);
    const after = (
        <>
            {passed.length > 0 && (
                <>
                    <h3>Passed over</h3>
                    <Reasons of={passed} none="" />
                </>
            )}
            {notes.length > 0 && (
                <>
                    <h3>Reasons</h3>
                    <Reasons of={notes} none="" />
                </>
            )}
        </>
    );
    if (stage === "text")
        return (
            <>
                <Tokens of={s.tokens} />
                {after}
            </>
        );
    if (stage === "parse")
        return (
            <>
                <Tree tokens={s.tokens} />
                {after}
            </>
        );
    if (stage === "who")
        return (
            <>
                <ul class="lines">
                    {s.mentions.map((m, i) => (
                        <li key={i}>
                            <b>
                                <bdi>{m.text}</bdi>
                            </b>{" "}
                            <span class="code soft">{m.code}</span>{" "}
                            {m.name && m.name !== m.text && (
                                <>
                                    = <bdi>{m.name}</bdi>{" "}
                                </>
                            )}
                            <span class="soft">{m.link.join("; ")}</span> <EntryLink of={m.entry} />
                        </li>
                    ))}
                </ul>
                {!s.mentions.length && <p class="soft">Nobody is named here.</p>}
                {after}
            </>
        );
    if (stage === "when")
        return (
            <>
                <ul class="lines">
                    {s.times.map((t, i) => (
                        <li key={i}>
                            <b>
                                <bdi>{t.text}</bdi>
                            </b>{" "}
                            → {t.value} <Hows of={t.how} />
                        </li>
                    ))}
                </ul>
                {!s.times.length && <p class="soft">No time is told here.</p>}
                {after}
            </>
        );
    if (stage === "where")
        return (
            <>
                <ul class="lines">
                    {s.places.map((p, i) => (
                        <li key={i}>
                            <b>
                                <bdi>{p.text}</bdi>
                            </b>{" "}
                            → {p.name}, {codeName(p.country)}{" "}
                            <span class="soft">
                                {p.lat.toFixed(2)}, {p.lon.toFixed(2)}
                            </span>{" "}
                            <Hows of={p.how} />
                        </li>
                    ))}
                </ul>
                {!s.places.length && <p class="soft">No place is named here.</p>}
                {after}
            </>
        );
    if (stage === "what")
        return (
            <>
                {s.clauses.length > 0 && (
                    <ul class="lines">
                        {s.clauses.map((c, i) => (
                            <li key={i}>
                                <b>{c.lemma}</b> {c.flags.length > 0 && <span class="soft">({c.flags.join(", ")})</span>}{" "}
                                {c.arguments.map((a, k) => (
                                    <span key={k} class="argument">
                                        <span class="soft">{[a.role, a.preposition].filter(Boolean).join(" ")}</span> <bdi>{a.form}</bdi>
                                        {a.inherited && <span class="soft"> (shared)</span>}
                                    </span>
                                ))}
                            </li>
                        ))}
                    </ul>
                )}
                {s.deeds.map((d) => (
                    <DeedFacts key={d.number} of={d} chosen={deeds.includes(d.number)} />
                ))}
                <h3>Passed over</h3>
                <Reasons of={s.passed.filter((n) => n.stage === "what")} none="Nothing was." />
                {notes.length > 0 && (
                    <>
                        <h3>Reasons</h3>
                        <Reasons of={notes} none="" />
                    </>
                )}
            </>
        );
    if (stage === "said")
        return (
            <>
                <ul class="lines">
                    {s.statements.map((t, i) => (
                        <li key={i}>
                            <b>
                                <bdi>{t.speaker || "nobody named"}</bdi>
                            </b>{" "}
                            “<bdi>{t.cue}</bdi>”{" "}
                            <span class="soft">
                                {t.act}
                                {t.direct ? ", in quotation marks" : ""}
                            </span>
                            :{" "}
                            {t.content.map((c, k) => (
                                <q key={k} class="words">
                                    <bdi>{c.text}</bdi>
                                </q>
                            ))}
                        </li>
                    ))}
                </ul>
                {!s.statements.length && <p class="soft">Nobody says anything here.</p>}
                {after}
            </>
        );
    if (stage === "record")
        return (
            <>
                {s.deeds.map((d) => (
                    <DeedFacts key={d.number} of={d} chosen={deeds.includes(d.number)} />
                ))}
                {!s.deeds.length && <p class="soft">No event was recorded from here.</p>}
                {after}
            </>
        );
    return (
        <>
            <p class="words">
                <bdi>{s.text}</bdi>
            </p>
            {after}
        </>
    );
};

/** Stages as a strip of buttons. */
export const Stages = ({ of, at, choose }: { of: Explained["stages"]; at: string; choose: (name: string) => void }) => (
    <ol class="stages" aria-label="Stages from sentence to code">
        {of.map((s) => (
            <li key={s.name}>
                <button type="button" aria-pressed={s.name === at} onClick={() => choose(s.name === at ? "" : s.name)} title={s.title}>
                    <b>{s.name}</b>
                    <span class="soft">
                        {s.count} {s.unit}
                    </span>
                </button>
            </li>
        ))}
    </ol>
);

/** A sentence at a glance: its deeds with their reasons, and what was passed over. */
export const Glance = ({ of: s, deeds }: { of: Sentence; deeds: number[] }) => (
    <>
        {s.deeds.map((d) => (
            <DeedFacts key={d.number} of={d} chosen={deeds.includes(d.number)} />
        ))}
        {!s.deeds.length && <p class="soft">No deed is read in this sentence.</p>}
        {s.passed.length > 0 && (
            <>
                <h3>Passed over</h3>
                <Reasons of={s.passed} none="" />
            </>
        )}
        {s.statements.length > 0 && (
            <>
                <h3>Said</h3>
                <StageSaid of={s} />
            </>
        )}
        {s.notes.length > 0 && (
            <details>
                <summary>{s.notes.length} more reasons</summary>
                <Reasons of={s.notes} none="" />
            </details>
        )}
    </>
);
const StageSaid = ({ of: s }: { of: Sentence }) => (
    <ul class="lines">
        {s.statements.map((t, i) => (
            <li key={i}>
                <b>
                    <bdi>{t.speaker || "nobody named"}</bdi>
                </b>{" "}
                “<bdi>{t.cue}</bdi>” <span class="soft">{t.act}</span>
            </li>
        ))}
    </ul>
);
