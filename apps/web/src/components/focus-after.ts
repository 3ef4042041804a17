/**
 * Where the focus goes when the list entry around `inside` is deleted: what fits `selector` in the next entry or the
 * one before, or else `other` near by. Ask before it is gone.
 */
export function focusAfter(inside: Element, selector: string, other: string): HTMLElement | undefined {
  const entry = inside.closest('li')
  const beside = [entry?.nextElementSibling, entry?.previousElementSibling]
  const found =
    beside.map((each) => each?.querySelector<HTMLElement>(selector)).find((each) => each) ??
    entry?.parentElement?.parentElement?.querySelector<HTMLElement>(other)
  return found ?? undefined
}
