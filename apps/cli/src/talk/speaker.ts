import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeWav, int16ToPcm16 } from '@parley/audio'
import type { SoundProgram } from '../sound/programs.ts'
import { soundRate } from '../sound/sound-file.ts'

/** Where sound goes; frames come at their time, silence between answers too. */
export interface SpeakerSink extends AsyncDisposable {
  /** How much later than its frame sound is heard, in ms. */
  readonly delayMs: number
  /** True for a sink that plays whole answers only. */
  readonly takesWhole: boolean
  frame(samples: Int16Array): void
  whole(samples: Int16Array): void
  stop(): void
}

/** Plays nothing. */
export const silentSink: SpeakerSink = {
  delayMs: 0,
  takesWhole: false,
  frame: () => undefined,
  whole: () => undefined,
  stop: () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
}

/** Plays through a program of the system. `onGone` is told when the program ends by itself. */
export function programSink(program: SoundProgram, onGone: (command: string) => void): SpeakerSink {
  return program.input === 'stream' ? streamSink(program, onGone) : fileSink(program)
}

/** Buffers of the programs and of the system behind them. */
const programDelayMs = 100

function streamSink({ command, args, header }: SoundProgram, onGone: (command: string) => void): SpeakerSink {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'] })
  let isClosing = false
  const exited = ended(child)
  void exited.then(() => {
    if (!isClosing) onGone(command)
  })
  // What could not be written is said by the end of the program.
  child.stdin.on('error', () => undefined)
  if (header === 'wav') child.stdin.write(endlessWavHeader())
  return {
    ...silentSink,
    delayMs: programDelayMs,
    frame: (samples) => void (child.stdin.writable && child.stdin.write(int16ToPcm16(samples))),
    async [Symbol.asyncDispose]() {
      isClosing = true
      child.stdin.destroy()
      child.kill()
      await exited
    },
  }
}

function fileSink({ command, args }: SoundProgram): SpeakerSink {
  let playing: ChildProcess | undefined
  const folder = mkdtemp(join(tmpdir(), 'parley-talk-'))
  let count = 0
  return {
    ...silentSink,
    delayMs: programDelayMs,
    takesWhole: true,
    whole(samples) {
      void folder.then(async (path) => {
        const file = join(path, `${(count += 1)}.wav`)
        await writeFile(file, encodeWav(int16ToPcm16(samples), soundRate))
        playing = spawn(command, [...args, file], { stdio: 'ignore' })
        void ended(playing)
      })
    },
    stop: () => void playing?.kill(),
    async [Symbol.asyncDispose]() {
      playing?.kill()
      await rm(await folder, { recursive: true, force: true })
    },
  }
}

/** Resolves when a program has ended or could not be started; never rejects. */
async function ended(child: ChildProcess): Promise<void> {
  await once(child, 'exit').catch(() => undefined)
}

/** The header of a stream: its length is the largest there is. */
function endlessWavHeader(): Uint8Array {
  const header = encodeWav(new Uint8Array(0), soundRate)
  const view = new DataView(header.buffer)
  view.setUint32(4, 0xffff_ffff, true)
  view.setUint32(40, 0xffff_ffff, true)
  return header
}
