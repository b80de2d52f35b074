// SPDX-License-Identifier: Apache-2.0
// The report with what was read in it, underlined in lanes that never cross: who, the deed, where, when, who speaks and
// what is said.  The server has cut the text wherever a mark begins or ends; here each piece becomes a text node, so
// that nothing in a report can ever be more than text.
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, Claim, Event, Mark, Report, Run, useAnswer, usePages } from "../state/api";
import { conditions, filterQuery, go, view, withView } from "../state/route";
import { count, day, many } from "../state/say";
import { Category, Status } from "../parts/family";
import { EventLinks, Facts, ReportLine } from "../parts/events";
import { Empty, Failed, Loading } from "../parts/told";
import { Rows } from "../parts/rows";
import { exports, TakeAway } from "../parts/take";
import { Find } from "../parts/find";

type Answer = {
    report: Report & { words: number; caption: string; sources: string[]; credits: string[]; run: number };
    runs: Run[];
    paragraphs: number[];
    marks: Mark[];
    events: Event[];
    claims: Claim[];
    agreements: { name: string; kind: string; stage: string; accord?: string }[];
    others: Report[];
    dates: boolean;
};

const KINDS: [string, string][] = [
    ["actor", "who"],
    ["trigger", "deed"],
    ["deed", "words of the deed"],
    ["place", "where"],
    ["date", "when"],
    ["speaker", "speaker"],
    ["cue", "word of saying"],
    ["quote", "what is said"],
    ["agreement", "agreement"],
];
const LANES = 6; // deeper lanes share the last

/** Where in its runs each hit of `find` lies: [run, from, to] in UTF-16 units. */
function hits(runs: Run[], find: string): Map<number, [number, number][]> {
    const found = new Map<number, [number, number][]>();
    const wanted = find.trim().toLowerCase();
    if (wanted.length < 2) return found;
    const whole = runs
        .map((r) => r.text)
        .join("")
        .toLowerCase();
    const starts: number[] = [];
    runs.reduce((at, r) => {
        starts.push(at);
        return at + r.text.length;
    }, 0);
    let run = 0;
    for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + wanted.length)) {
        const end = at + wanted.length;
        while (run + 1 < runs.length && starts[run + 1] <= at) run++;
        for (let r = run; r < runs.length && starts[r] < end; r++) {
            const from = Math.max(0, at - starts[r]),
                to = Math.min(runs[r].text.length, end - starts[r]);
            if (to > from) found.set(r, [...(found.get(r) ?? []), [from, to]]);
        }
    }
    return found;
}

const Found = ({ text, at }: { text: string; at: [number, number][] | undefined }) => {
    if (!at) return <>{text}</>;
    const out: ComponentChildren[] = [];
    let last = 0;
    for (const [from, to] of at) {
        out.push(text.slice(last, from), <mark>{text.slice(from, to)}</mark>);
        last = to;
    }
    return (
        <>
            {out}
            {text.slice(last)}
        </>
    );
};

/** Lanes once more for the marks that are shown, so that what is hidden leaves no gap: each in the first lane where it
 * meets no other, in the order of the server's lanes. */
function lanes(marks: Mark[], hidden: Set<string>): Mark[] {
    const taken: [number, number][][] = [];
    const order = marks
        .map((_, i) => i)
        .filter((i) => !hidden.has(marks[i].kind))
        .sort((a, b) => marks[a].lane - marks[b].lane || marks[a].start - marks[b].start);
    const out = [...marks];
    for (const i of order) {
        const m = marks[i];
        let lane = 0;
        while (taken[lane]?.some(([start, stop]) => start < m.stop && m.start < stop)) lane++;
        (taken[lane] ??= []).push([m.start, m.stop]);
        out[i] = { ...m, lane };
    }
    return out;
}

const describe = (m: Mark): string => {
    const kind = KINDS.find(([k]) => k === m.kind)?.[1] ?? m.kind;
    return [kind, m.side, m.name && m.name !== m.text ? m.name : "", m.code].filter(Boolean).join(", ");
};

type PieceProps = {
    run: Run;
    marks: Mark[];
    begins: boolean;
    chosen: string;
    at: [number, number][] | undefined;
    pick: (m: Mark) => void;
    hover: (id: string) => void;
};

/** One run: its text inside one underline for each mark, the nearest innermost. */
const Piece = ({ run, marks, begins, chosen, at, pick, hover }: PieceProps) => {
    const text = <Found text={run.text} at={at} />;
    if (!marks.length) return text;
    const owner = marks.find((m) => m.event === chosen) ?? marks.find((m) => m.event) ?? marks[0];
    const inner = begins ? (
        <span
            role="button"
            tabIndex={-1}
            data-mention
            aria-label={`${run.text}: ${marks.map(describe).join("; ")}`}
            onClick={() => pick(owner)}
            onKeyDown={(e) => {
                if (e.key === "Enter" || e.key === " ") {
                    e.preventDefault();
                    pick(owner);
                }
            }}
            onFocus={() => hover(owner.event ?? "")}
            onBlur={() => hover("")}
        >
            {text}
        </span>
    ) : (
        text
    );
    const nested = [...marks]
        .sort((a, b) => a.lane - b.lane)
        .reduce<ComponentChildren>(
            (within, m) => (
                <span class={`mark ${m.kind} lane${Math.min(m.lane, LANES)}${m.event && m.event === chosen ? " chosen" : ""}`}>
                    {within}
                </span>
            ),
            inner,
        );
    return (
        <span onMouseEnter={() => hover(owner.event ?? "")} onMouseLeave={() => hover("")} onClick={begins ? undefined : () => pick(owner)}>
            {nested}
        </span>
    );
};

const Text = ({
    of,
    hidden,
    find,
    chosen,
    pick,
}: {
    of: Answer;
    hidden: Set<string>;
    find: string;
    chosen: string;
    pick: (m: Mark) => void;
}) => {
    const [near, hover] = useState("");
    const found = useMemo(() => hits(of.runs, find), [of, find]);
    const marks = useMemo(() => lanes(of.marks, hidden), [of, hidden]);
    const starts = useMemo(() => {
        const begun = new Set<number>(),
            first = new Set<number>();
        of.runs.forEach((r, i) =>
            r.marks.forEach((m) => {
                if (!begun.has(m) && !hidden.has(of.marks[m]?.kind)) {
                    begun.add(m);
                    first.add(i);
                }
            }),
        );
        return first;
    }, [of, hidden]);
    const bounds = useMemo(() => {
        const at: number[] = [];
        of.runs.reduce((n, r) => {
            at.push(n);
            return n + [...r.text].length;
        }, 0);
        return at;
    }, [of]);
    const stops = [...of.paragraphs, of.runs.length];
    const begin = stops[0] === 0 ? stops : [0, ...stops];
    return (
        <div class="report-text">
            {begin.slice(0, -1).map((from, p) => {
                const to = begin[p + 1],
                    low = bounds[from],
                    high = bounds[to] ?? Infinity;
                const told = of.events.filter((e) => {
                    const at = e.evidence?.[0]?.start ?? -1;
                    return at >= low && at < high;
                });
                return (
                    <div class="paragraph" key={from}>
                        <ul class="gutter" aria-label="Events of this paragraph">
                            {told.map((e) => (
                                <li key={e.telling}>
                                    <button
                                        type="button"
                                        class={`plain${e.telling === (near || chosen) ? " near" : ""}`}
                                        aria-pressed={e.telling === chosen}
                                        onClick={() => go(withView({ pick: e.telling === chosen ? "" : e.telling }), true)}
                                    >
                                        <Category name={e.plover} quad={e.quad} />
                                    </button>
                                </li>
                            ))}
                        </ul>
                        <p class="words" dir="auto">
                            {of.runs.slice(from, to).map((r, i) => (
                                <Piece
                                    key={from + i}
                                    run={r}
                                    marks={r.marks.map((m) => marks[m]).filter((m) => m && !hidden.has(m.kind))}
                                    begins={starts.has(from + i)}
                                    chosen={near || chosen}
                                    at={found.get(from + i)}
                                    pick={pick}
                                    hover={hover}
                                />
                            ))}
                        </p>
                    </div>
                );
            })}
        </div>
    );
};

const Quotes = ({ of }: { of: Claim[] }) => {
    const speakers = new Map<string, Claim[]>();
    for (const c of of) speakers.set(c.speaker.name || c.speaker.text, [...(speakers.get(c.speaker.name || c.speaker.text) ?? []), c]);
    return (
        <section class="sheet" aria-labelledby="quotes">
            <h2 id="quotes">Who says what</h2>
            {[...speakers].map(([name, said]) => (
                <div key={name} class="speaker">
                    <h3>
                        <bdi>{name}</bdi> <span class="code soft">{said[0].speaker.code}</span>
                    </h3>
                    <ul class="lines">
                        {said.map((c) => (
                            <li key={c.id}>
                                <span class="soft">
                                    {c.cue.text} ({c.act}
                                    {c.direct ? ", quoted" : ""})
                                </span>{" "}
                                <q class="words">
                                    <bdi>{c.parts.map((p) => p.text).join(" … ")}</bdi>
                                </q>
                            </li>
                        ))}
                    </ul>
                </div>
            ))}
        </section>
    );
};

export const Reader = ({ id }: { id: string }) => {
    const answer = useAnswer<Answer>(api(`reports/${encodeURIComponent(id)}`));
    const [shut, setShut] = useState<Set<string>>(new Set(["deed"]));
    const chosen = view("pick");
    const card = useRef<HTMLElement>(null);
    const first = answer.data?.events.find((e) => e.telling === chosen);
    useEffect(() => {
        if (first) document.querySelector(".mark.chosen")?.scrollIntoView({ block: "center" });
    }, [answer.data]);
    if (answer.error) return <Failed of={answer} />;
    if (!answer.data) return <Loading of={answer} lines={14} />;
    const a = answer.data,
        r = a.report;
    const kinds = KINDS.filter(([k]) => a.marks.some((m) => m.kind === k));
    const flip = (kind: string) => {
        const next = new Set(shut);
        if (!next.delete(kind)) next.add(kind);
        setShut(next);
    };
    const only = `report=${encodeURIComponent(r.id)}`;
    return (
        <div class="columns reader">
            <article class="seven stack">
                <header class="screen-head">
                    <h1>
                        <bdi>{r.title || "Without a title"}</bdi>
                    </h1>
                    <p>
                        <bdi>
                            {[r.outlet, r.owner && `owned by ${r.owner}`, day(r.date), many(r.words, "word")].filter(Boolean).join(" · ")}
                        </bdi>
                        {r.url && /^https?:/i.test(r.url) && (
                            <>
                                {" "}
                                ·{" "}
                                <a href={r.url} target="_blank" rel="noreferrer noopener">
                                    source
                                </a>
                            </>
                        )}
                        {r.copy_of && (
                            <>
                                {" "}
                                · copies <a href={`/reader/${encodeURIComponent(r.copy_of)}`}>an earlier report</a>
                            </>
                        )}
                    </p>
                    {a.report.sources.length > 0 && (
                        <p>
                            Names as its sources: <bdi>{a.report.sources.join(", ")}</bdi>
                        </p>
                    )}
                </header>
                <div class="row marks-legend" role="group" aria-label="What is marked">
                    {kinds.map(([k, name]) => (
                        <label key={k} class={`small key ${k}`}>
                            <input type="checkbox" checked={!shut.has(k)} onChange={() => flip(k)} />
                            <span class={`mark ${k} lane0`}>{name}</span>
                        </label>
                    ))}
                    <Find label="Find in the report" />
                </div>
                {!a.dates && <p class="note">Dates are not marked: the text could not be read again.</p>}
                <Text
                    of={a}
                    hidden={shut}
                    find={view("find")}
                    chosen={chosen}
                    pick={(m) => m.event && go(withView({ pick: m.event }), true)}
                />
                {r.caption && (
                    <p class="soft small">
                        <bdi>Caption: {r.caption}</bdi>
                    </p>
                )}
            </article>
            <div class="five stack">
                {first && (
                    <section class="sheet" ref={card} aria-label="The chosen event">
                        <h2>Event</h2>
                        <blockquote class="words quoted">
                            <bdi>{first.words}</bdi>
                        </blockquote>
                        <Facts of={first} />
                        <EventLinks of={first} />
                    </section>
                )}
                <section class="sheet" aria-labelledby="told">
                    <header class="spread">
                        <h2 id="told">{many(a.events.length, "event")}</h2>
                        <TakeAway
                            data={api("events", only)}
                            filter={only}
                            files={exports(only, [
                                ["CSV", "to=csv&tellings=yes"],
                                ["JSON lines", "to=jsonl&tellings=yes"],
                            ])}
                        />
                    </header>
                    <ol class="lines">
                        {a.events.map((e) => (
                            <li key={e.telling}>
                                <button
                                    type="button"
                                    class="link"
                                    aria-pressed={e.telling === chosen}
                                    onClick={() => go(withView({ pick: e.telling }), true)}
                                >
                                    <Category name={e.plover} quad={e.quad} />{" "}
                                    <bdi>
                                        {e.source.map((s) => s.name || s.text).join(", ")}
                                        {e.target.length ? ` → ${e.target.map((s) => s.name || s.text).join(", ")}` : ""}
                                    </bdi>
                                </button>{" "}
                                {e.status !== "actual" && <Status of={e.status} />}
                            </li>
                        ))}
                    </ol>
                    {!a.events.length && <p class="soft">None was read in this report.</p>}
                </section>
                {a.claims.length > 0 && <Quotes of={a.claims} />}
                {a.agreements.length > 0 && (
                    <section class="sheet" aria-labelledby="agreed">
                        <h2 id="agreed">Agreements</h2>
                        <ul class="lines">
                            {a.agreements.map((g, i) => (
                                <li key={i}>
                                    <bdi>{g.name}</bdi> <Status of={g.stage} />
                                </li>
                            ))}
                        </ul>
                    </section>
                )}
                {a.others.length > 0 && (
                    <section class="sheet" aria-labelledby="story">
                        <h2 id="story">The same story elsewhere</h2>
                        <ul class="lines">
                            {a.others.map((o) => (
                                <li key={o.id}>
                                    <ReportLine of={o} />
                                </li>
                            ))}
                        </ul>
                    </section>
                )}
            </div>
        </div>
    );
};

type Listed = Report & { words: number; events: number; claims: number; agreements: number };

export const Reports = () => {
    const query = filterQuery(conditions.value);
    const pages = usePages<Listed>(api("reports", query));
    return (
        <>
            <header class="screen-head">
                <h1>Reports</h1>
                <span class="tools">
                    <TakeAway
                        data={api("reports", query)}
                        filter={query}
                        files={exports(query, [
                            ["Events as CSV", "to=csv&tellings=yes"],
                            ["Stories as CSV", "of=stories&to=csv"],
                        ])}
                    />
                </span>
                <p>Reports that hold a telling that fits the filter, the newest first. Open one to read it with its marks.</p>
            </header>
            <Failed of={pages} />
            <Loading of={pages} lines={10} />
            {pages.data &&
                (pages.rows.length ? (
                    <section class="sheet" aria-label="Reports">
                        <Rows
                            caption="Reports"
                            rows={pages.rows}
                            keyOf={(r) => r.id}
                            open={(r) => go(`/reader/${encodeURIComponent(r.id)}`)}
                            next={pages.next}
                            more={pages.more}
                            columns={[
                                { head: "Date", class: "nowrap", cell: (r) => day(r.date, true) },
                                { head: "Outlet", cell: (r) => <bdi>{r.outlet}</bdi> },
                                {
                                    head: "Report",
                                    cell: (r) => (
                                        <>
                                            <a href={`/reader/${encodeURIComponent(r.id)}`}>
                                                <bdi>{r.title || r.id}</bdi>
                                            </a>
                                            {r.copy_of && <span class="soft"> a copy</span>}
                                        </>
                                    ),
                                },
                                { head: "Words", class: "number", cell: (r) => count(r.words) },
                                { head: "Events", class: "number", cell: (r) => count(r.events) },
                                { head: "Claims", class: "number", cell: (r) => count(r.claims) },
                                { head: "Agreements", class: "number", cell: (r) => count(r.agreements) },
                            ]}
                        />
                    </section>
                ) : (
                    <Empty what="reports" />
                ))}
        </>
    );
};
