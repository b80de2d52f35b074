// SPDX-License-Identifier: Apache-2.0
// What lasts as long as the tab: the token that came behind # in the opened address, and light or dark.
import { signal } from "@preact/signals";

function fromTab(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function intoTab(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    /* a browser that keeps nothing: the page works until it is reloaded */
  }
}

function takeToken(): string {
  const found = /(?:^#|&)token=([0-9A-Za-z_-]+)/.exec(location.hash)?.[1];
  if (!found) return fromTab("token");
  intoTab("token", found);
  history.replaceState(null, "", location.pathname + location.search);
  return found;
}

export const token = takeToken();

const system = matchMedia("(prefers-color-scheme: dark)");
export const theme = signal<"light" | "dark">((fromTab("theme") || (system.matches ? "dark" : "light")) as "light" | "dark");

const show = () => document.documentElement.setAttribute("data-theme", theme.value);
show();

system.addEventListener("change", () => {
  if (fromTab("theme")) return;
  theme.value = system.matches ? "dark" : "light";
  show();
});

export function switchTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  intoTab("theme", theme.value);
  show();
}

/** Said to those who do not see the numbers change. */
export const said = signal("");
export const say = (text: string): void => {
  said.value = text;
};
