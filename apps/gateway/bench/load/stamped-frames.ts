/** Marks sound frames with the time they were sent at, inside the sound itself, so that forwarding can be timed. */

import type { RawData } from 'ws'

/** The clock all threads of this benchmark share (ms). */
export function now(): number {
  return performance.timeOrigin + performance.now()
}

const stampBytes = 9
const stampChars = 12

/** Writes frames of 24 kHz PCM16: JSON text with the time of its sending as the first samples. */
export function frameWriter(before: string, after: string, frameMs: number): () => string {
  const rest = Buffer.alloc(frameMs * 48 - stampBytes, 7).toString('base64')
  const stamp = Buffer.alloc(stampBytes)
  return () => {
    stamp.writeDoubleLE(now())
    return `${before}${stamp.toString('base64')}${rest}${after}`
  }
}

/** Time since the frame was sent; `undefined` for text that holds no frame under the key. */
export function frameAge(text: string, key: string): number | undefined {
  const at = text.indexOf(key)
  if (at === -1) return undefined
  const from = at + key.length
  return now() - Buffer.from(text.slice(from, from + stampChars), 'base64').readDoubleLE()
}

/** Text of a message as `ws` gives it. */
export function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString() : ''
}

/** Runs each of the lanes every `frameMs`, spread evenly over that time. What is a whole frame late is left out. */
export function startPacing(frameMs: number, lanes: () => readonly (() => void)[]): Disposable {
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const all = lanes()
    if (all.length === 0) return
    const perMs = all.length / frameMs
    const due = Math.floor((performance.now() - startedAt) * perMs)
    sent = Math.max(sent, due - all.length)
    for (; sent < due; sent += 1) all[sent % all.length]?.()
  }, 1)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
