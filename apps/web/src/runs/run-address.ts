import { views } from '../shell/views.ts'

/** Where all runs are. */
export const viewAddress = views.runs

/** Where one run is. */
export function runAddress(id: string): string {
  return `${viewAddress}/${encodeURIComponent(id)}`
}

/** Where a run is held against the one before it. */
export function pairAddress(id: string, before: string): string {
  return `${runAddress(id)}?with=${encodeURIComponent(before)}`
}
