// SPDX-License-Identifier: Apache-2.0
// The frame: header, filter bar, the screen that the address names, the card beside it.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { conditions, onScreen, path, view } from "./state/route";
import { desk, openDesk, refused } from "./state/desk";
import { switchTheme, theme } from "./state/session";
import { count, percent, period } from "./state/say";
import { EventCard } from "./parts/events";
import { FilterBar } from "./parts/filterbar";
import { HelpSheet, helpOpen, useKeys } from "./parts/keys";
import { Boundary, Live, Waiting } from "./parts/told";
import { Actors, ActorScreen } from "./screens/actors";
import { Agreements, AgreementScreen } from "./screens/agreements";
import { Audit } from "./screens/audit";
import { Claims } from "./screens/claims";
import { DyadPair, Dyads } from "./screens/dyads";
import { EventScreen } from "./screens/event";
import { Explore } from "./screens/explore";
import { Reader } from "./screens/reader";
import { Reports } from "./screens/reports";
import { RunsScreen } from "./screens/runs";
import { Sources } from "./screens/sources";
import { Sql } from "./screens/sql";
import { Try } from "./screens/try";
import { Why } from "./screens/why";

type Screen = { name: string; title: string; filtered: boolean; nav: boolean; draw: (id: string) => ComponentChildren };

const SCREENS: Screen[] = [
  { name: "explore", title: "Explore", filtered: true, nav: true, draw: () => <Explore /> },
  { name: "reader", title: "Reports", filtered: true, nav: true, draw: (id) => (id ? <Reader key={id} id={id} /> : <Reports />) },
  { name: "dyads", title: "Dyads", filtered: true, nav: true, draw: (id) => (id ? <DyadPair key={id} pair={id} /> : <Dyads />) },
  { name: "actors", title: "Actors", filtered: true, nav: true, draw: (id) => (id ? <ActorScreen key={id} code={id} /> : <Actors />) },
  {
    name: "agreements",
    title: "Agreements",
    filtered: true,
    nav: true,
    draw: (id) => (id ? <AgreementScreen key={id} accord={id} /> : <Agreements />),
  },
  { name: "claims", title: "Claims", filtered: true, nav: true, draw: () => <Claims /> },
  { name: "sources", title: "Sources", filtered: true, nav: true, draw: () => <Sources /> },
  { name: "audit", title: "Audit", filtered: true, nav: true, draw: () => <Audit /> },
  { name: "runs", title: "Runs", filtered: false, nav: true, draw: () => <RunsScreen /> },
  { name: "try", title: "Try it", filtered: false, nav: true, draw: () => <Try /> },
  { name: "sql", title: "SQL", filtered: false, nav: true, draw: () => <Sql /> },
  { name: "event", title: "Event", filtered: false, nav: false, draw: (id) => <EventScreen key={id} id={id} /> },
  { name: "why", title: "Why", filtered: false, nav: false, draw: (id) => <Why key={id} id={id} /> },
];

const part = (n: number): string => {
  try {
    return decodeURIComponent(path.value.split("/")[n] ?? "");
  } catch {
    return "";
  }
};

const Header = ({ at }: { at: string }) => (
  <header class="header">
    <a class="brand" href="/explore">
      <img src="/icon.svg" alt="" />
      Dragoman
    </a>
    <nav aria-label="Screens">
      <ul>
        {SCREENS.filter((s) => s.nav).map((s) => (
          <li key={s.name}>
            <a href={onScreen(`/${s.name}`)} aria-current={s.name === at ? "page" : undefined}>
              {s.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <span class="end">
      <span class="desk soft small" title={desk.value ? `${desk.value.name}, ${desk.value.kind}` : ""}>
        <bdi>{desk.value?.name}</bdi>
      </span>
      <button
        type="button"
        class="plain"
        onClick={switchTheme}
        aria-label={theme.value === "dark" ? "Light colours" : "Dark colours"}
        title={theme.value === "dark" ? "Light colours" : "Dark colours"}
      >
        {theme.value === "dark" ? "☀" : "☾"}
      </button>
      <button
        type="button"
        class="plain"
        onClick={() => {
          helpOpen.value = true;
        }}
        aria-label="Keys and help"
        title="Keys and help (?)"
      >
        ?
      </button>
    </span>
  </header>
);

const NotThere = () => (
  <div class="empty">
    <h1>There is no such screen</h1>
    <p>
      <a href="/explore">Explore the desk</a> instead.
    </p>
  </div>
);

export const App = () => {
  useKeys();
  useEffect(() => {
    openDesk();
  }, []);
  const name = part(1) || "explore",
    id = part(2);
  const screen = SCREENS.find((s) => s.name === name);
  const filtered = screen?.filtered && !(name === "reader" && id);
  const card = view("card");
  useEffect(() => {
    document.title = `${screen?.title ?? "Dragoman"}${id ? ` ${id}` : ""} · ${desk.value?.name ?? "Dragoman"}`;
  }, [name, id, desk.value?.name]);
  const d = desk.value;
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          document.querySelector<HTMLElement>("main")?.focus();
        }}
      >
        To the main part
      </a>
      <Header at={name} />
      {filtered && <FilterBar />}
      <div class={`pane${card && filtered ? " with-card" : ""}`}>
        <main tabIndex={-1} id="main" key={name}>
          {refused.value && (
            <p class="note bad" role="alert">
              {refused.value.message}
            </p>
          )}
          {d && !d.ready ? (
            <section class="empty" role="status">
              <h1>Reading the desk</h1>
              <p>
                {percent(d.read)} of {count(d.counts.tellings ?? 0)} tellings are in memory; the page opens by itself.
              </p>
              <progress value={d.read} max={1} aria-label="Share of the desk that is read" />
            </section>
          ) : screen ? (
            <Boundary key={`${name}/${id}`}>{screen.draw(id)}</Boundary>
          ) : (
            <NotThere />
          )}
        </main>
        {card && filtered && <EventCard key={card} id={card} />}
      </div>
      <footer class="foot">
        {d && (
          <>
            <span>
              {count(d.counts.events ?? 0)} events, {count(d.counts.reports ?? 0)} reports, {count(d.counts.outlets ?? 0)} outlets
              {d.first ? `, ${period(d.first, d.last)}` : ""}
            </span>
            <span>Dragoman {d.program}</span>
          </>
        )}
        <span class="print-only">
          {conditions.value.map((c) => `${c.name}${c.op}${c.value}`).join(" ")} {location.href}
        </span>
      </footer>
      <Waiting />
      <Live />
      <HelpSheet />
    </>
  );
};
