// SPDX-License-Identifier: Apache-2.0
// What each stage did with a sentence, from its words to the record.
import type { ComponentChildren } from "preact";
import { codeName, many } from "../state/say";
import { DeedFacts, EntryLink, Explained, How, Reasons, Sentence, Token } from "./reasons";

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
  return (
    <div class="tree" tabIndex={0} role="region" aria-label="Tree of the sentence">
      {branch(0, 0)}
    </div>
  );
};

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
          <h2 class="minor">Passed over</h2>
          <Reasons of={passed} none="" />
        </>
      )}
      {notes.length > 0 && (
        <>
          <h2 class="minor">Reasons</h2>
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
        <h2 class="minor">Passed over</h2>
        <Reasons of={s.passed.filter((n) => n.stage === "what")} none="Nothing was." />
        {notes.length > 0 && (
          <>
            <h2 class="minor">Reasons</h2>
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
          <span class="soft">{many(s.count, s.unit.replace(/s$/, ""))}</span>
        </button>
      </li>
    ))}
  </ol>
);
