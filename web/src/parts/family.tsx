// SPDX-License-Identifier: Apache-2.0
// A category by colour and by shape, so that either alone says its family: circle and square cooperate, triangle and
// diamond are in conflict; hollow is words, filled is deeds.
import { codeName, QUADS } from "../state/say";
import { quadOf } from "../state/desk";
import type { Actor, Event } from "../state/api";

const SHAPES = [
  <circle cx="6" cy="6" r="2" />,
  <circle cx="6" cy="6" r="4" fill="none" stroke-width="2.4" />,
  <rect x="1.5" y="1.5" width="9" height="9" />,
  <path d="M6 1.8 L10.8 10.2 L1.2 10.2 Z" fill="none" stroke-width="2.2" stroke-linejoin="round" />,
  <path d="M6 0.4 L11.6 6 L6 11.6 L0.4 6 Z" />,
];

export const Shape = ({ quad }: { quad: number }) => (
  <svg class={`quad${quad}`} width="11" height="11" viewBox="0 0 12 12" fill="var(--family)" stroke="none" aria-hidden="true">
    <g stroke={quad === 1 || quad === 3 ? "var(--family)" : "none"}>{SHAPES[quad] ?? SHAPES[0]}</g>
  </svg>
);

export const Category = ({ name, quad = quadOf(name) }: { name: string; quad?: number }) => (
  <span class="family" title={QUADS[quad]}>
    <Shape quad={quad} />
    {name}
  </span>
);

export const Legend = () => (
  <ul class="row small legend" aria-label="Families of categories">
    {[1, 2, 3, 4].map((quad) => (
      <li class="family" key={quad}>
        <Shape quad={quad} />
        {QUADS[quad]}
      </li>
    ))}
  </ul>
);

export const Status = ({ of }: { of: string }) => <span class={`status ${of.replace(/ /g, "-")}`}>{of}</span>;

/** A name with its code: the code leads to the actor's own page. */
export const ActorLink = ({ actor }: { actor: Actor }) => {
  const name = actor.name || actor.text || actor.code;
  return (
    <span
      class="actor"
      title={[actor.title, actor.code && codeName(actor.code), actor.text && actor.text !== name ? `“${actor.text}”` : ""]
        .filter(Boolean)
        .join(" · ")}
    >
      <bdi>{name}</bdi>
      {actor.code && actor.code !== "---" && (
        <>
          {" "}
          <a class="quiet code soft" href={`/actors/${encodeURIComponent(actor.code)}`}>
            {actor.code}
          </a>
        </>
      )}
    </span>
  );
};

export const ActorNames = ({ of }: { of: Actor[] }) => <bdi>{of.map((a) => a.name || a.text || a.code).join(", ")}</bdi>;

/** "Kenya, Ethiopia · signed · each other": an event in one line of plain words. */
export const headline = (e: Event): string => {
  const list = (of: Actor[]) => of.map((a) => a.name || a.text || a.code).join(", ");
  const whom = e.mutual ? "with each other" : e.target.length ? `→ ${list(e.target)}` : "";
  return `${list(e.source) || "Somebody"}: ${e.trigger || e.words} ${whom}`.trim();
};
