// SPDX-License-Identifier: Apache-2.0
// The width that a chart may have, measured whenever it changes.
import { useEffect, useRef, useState } from "preact/hooks";

export function useWidth(first = 800) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, set] = useState(first);
  useEffect(() => {
    const box = frame.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(() => set(Math.max(240, Math.floor(box.clientWidth))));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return { frame, width };
}
