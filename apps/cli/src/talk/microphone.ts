import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pcm16ToInt16 } from '@parley/audio'
import { waitUntil } from '../clock.ts'
import { CommandFailure } from '../command-failure.ts'
import type { SoundProgram } from '../sound/programs.ts'
import { soundRate } from '../sound/sound-file.ts'

const frameMs = 20
const frameSamples = (soundRate * frameMs) / 1000
const frameBytes = frameSamples * 2

/** Characters of a program's complaint that are repeated. */
const maxWords = 160

/** Sends frames of 20 ms at the pace of sound until the signal aborts. */
export type Microphone = (onFrame: (samples: Int16Array) => void, signal: AbortSignal) => Promise<void>

/** Plays a sound as if it were spoken, then stays silent as a microphone does. `onEnd` is told when it is over. */
export function soundMicrophone(sound: Int16Array, onEnd: () => void): Microphone {
  return async (onFrame, signal) => {
    const silence = new Int16Array(frameSamples)
    let due = performance.now()
    let isOver = false
    for (let at = 0; !signal.aborted; at += frameSamples) {
      const rest = sound.subarray(at, at + frameSamples)
      const frame = rest.length === frameSamples ? rest : padded(rest)
      onFrame(at < sound.length ? frame : silence)
      if (!isOver && at + frameSamples >= sound.length) {
        isOver = true
        onEnd()
      }
      due += frameMs
      await waitUntil(due, signal)
    }
  }
}

/** Records with a program of the system. Rejects when it ends by itself, with its own words. */
export function programMicrophone({ command, args }: SoundProgram): Microphone {
  return async (onFrame, signal) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const exited = once(child, 'exit').catch(() => undefined)
    const abort = (): void => void child.kill()
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
    let words = ''
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => (words = (words + text).slice(-500)))
    try {
      let rest = Buffer.alloc(0)
      child.stdout.on('data', (bytes: Buffer) => {
        rest = Buffer.concat([rest, bytes])
        for (; rest.length >= frameBytes; rest = rest.subarray(frameBytes)) {
          onFrame(pcm16ToInt16(rest.subarray(0, frameBytes)))
        }
      })
      await exited
    } finally {
      signal.removeEventListener('abort', abort)
    }
    if (!signal.aborted) {
      throw new CommandFailure(`The microphone stopped: ${command} says: ${lastWords(words)}`)
    }
  }
}

/** The last line of a program's complaints is the one about what it was asked for; those before come from below. */
export function lastWords(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim())
  return lines.findLast((line) => /\p{L}/u.test(line))?.slice(-maxWords) ?? 'nothing'
}

function padded(samples: Int16Array): Int16Array {
  const frame = new Int16Array(frameSamples)
  frame.set(samples)
  return frame
}
