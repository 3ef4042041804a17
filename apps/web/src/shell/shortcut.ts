import type { Messages } from '../i18n/en.ts'

/** Keys with a name of their own in each language; any other key is shown as it is. */
export type NamedKey = keyof Messages['shell']['keys']['names']

/** Keys pressed together, and what they do. */
export interface Shortcut {
  readonly keys: readonly string[]
  readonly does: string
}

/** What a key is called in the language of `names`. */
export function keyName(key: string, names: Messages['shell']['keys']['names']): string {
  return key in names ? names[key as NamedKey] : key // `in` has just checked it.
}

/** True where a key belongs to what has the focus: fields, and everything inside an open dialog. */
export function takesKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable], [role=dialog]',
    ) !== null
  )
}
