import type { Tick } from '../../view/axis.ts'

type Attributes = Readonly<Record<string, string | number | undefined>>

/** An SVG element. Texts become text nodes, so nothing in them is ever markup. */
export function svg(
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Element | string)[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, String(value))
  }
  element.append(...children)
  return element
}

/** The part of a page with this name; throws where the report's own markup does not have it. */
export function part<T extends Element>(root: ParentNode, name: string, type: new () => T): T {
  const found = root.querySelector(`[data-part="${name}"]`)
  if (!(found instanceof type)) throw new TypeError(`This report has no ${name}`)
  return found
}

/** Ticks with their labels, which stay within the width. */
export function drawAxis(ticks: readonly Tick[], width: number, height: number): readonly SVGElement[] {
  return ticks.flatMap(({ x, label }) => [
    svg('line', { x1: x, x2: x, y1: height - 5, y2: height }),
    svg('text', { x, y: 12, 'text-anchor': x < 16 ? 'start' : x > width - 24 ? 'end' : 'middle' }, label),
  ])
}
