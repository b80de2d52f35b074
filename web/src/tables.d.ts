// SPDX-License-Identifier: Apache-2.0
// Tables of world/ that build.mjs puts into the bundle.
declare module "tables:countries" {
  const names: Record<string, string>;
  export default names;
}
declare module "tables:quads" {
  const quads: Record<string, number>;
  export default quads;
}
