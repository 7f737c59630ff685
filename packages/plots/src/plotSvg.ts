import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/**
 * One SVG element: as it is for a page, and with a white ground and its namespace also a file of its own that is readable
 * on a dark page. No legends: they would make it HTML.
 * @param options those of Plot.plot; 860 by 260 points with room for names at the right unless told
 */
export function plotSvg(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<html><body></body></html>');
  const drawn = Plot.plot({
    width: 860,
    height: 260,
    marginRight: 150,
    ...options,
    style: { background: 'white', color: '#1b1f24', ...(typeof options.style === 'object' ? options.style : {}) },
    document: document as never,
  }) as unknown as { setAttribute(name: string, value: string): void; readonly outerHTML: string };
  drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return drawn.outerHTML;
}
