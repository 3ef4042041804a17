import { createStore } from '../session/store.ts'

const name = 'parley-single-keys'

/** Whether keys without Ctrl or the like do something by themselves; kept in this browser. */
export const singleKeys = createStore(true)

/** Reads what this browser remembers. */
export function loadSingleKeys(): void {
  singleKeys.set(localStorage.getItem(name) !== 'off')
}

/** Turns them on or off for good. */
export function keepSingleKeys(on: boolean): void {
  localStorage.setItem(name, on ? 'on' : 'off')
  singleKeys.set(on)
}
