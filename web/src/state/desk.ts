// SPDX-License-Identifier: Apache-2.0
// What is the same on every screen: the desk we look at and the words that it may be asked with.
import { signal } from "@preact/signals";
import quads from "tables:quads";
import { api, ask, Desk, Refusal, Words } from "./api";
import { token } from "./session";

export const desk = signal<Desk | undefined>(undefined);
export const words = signal<Words | undefined>(undefined);
export const refused = signal<Refusal | undefined>(undefined);

const PAUSE = 500; // ms between two looks at a desk that is still being read

export async function openDesk(): Promise<void> {
  try {
    const [found, known] = await Promise.all([ask<Desk>(api("desk")), words.value ?? ask<Words>(api("words"))]);
    words.value = known;
    desk.value = found;
    refused.value = undefined;
    document.title = `${found.name} · Dragoman`;
    if (!found.ready) setTimeout(openDesk, PAUSE);
  } catch (error) {
    refused.value = error as Refusal;
    if ((error as Refusal).code === "desk") setTimeout(openDesk, PAUSE * 4);
  }
}

/** A link that a click follows cannot send a header: where everything needs the token it stands in the address. */
export const fileLink = (url: string): string =>
  desk.value?.token === "all" && token ? `${url}${url.includes("?") ? "&" : "?"}token=${token}` : url;

export const quadOf = (category: string): number => quads[category] ?? 0;
