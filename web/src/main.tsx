// SPDX-License-Identifier: Apache-2.0
// Draws the page into #page; the address decides what it shows.
import { render } from "preact";
import { App } from "./app";

const root = document.getElementById("page");
if (root) render(<App />, root);
