import { decodeWav } from '@parley/audio'

import { RealtimeError } from '../../../../errors.ts'
import type { VoiceCapability } from '../../../capabilities.ts'
import type { WarmTextToSpeech } from '../warm.ts'
import { espeak } from './espeak.ts'
import { runCommand, type RunCommand } from './run-command.ts'
import { sapi } from './sapi.ts'
import { say } from './say.ts'
import type { SystemEngine, SystemVoice } from './system-engine.ts'

/** Options of the operating system's voices. */
export interface SystemVoiceTtsOptions {
  /** As `process.platform` names it, which is the default. */
  readonly platform?: string
  /** Primary tags to offer voices for; German and English by default. */
  readonly languages?: readonly string[]
  readonly run?: RunCommand
}

const engines: Readonly<Record<string, SystemEngine>> = { linux: espeak, darwin: say, win32: sapi }

/**
 * Voices of the operating system, each clause by a program of its own. There are none until `warm` has looked, and
 * none when the program is not installed.
 */
export function systemVoiceTts(options: SystemVoiceTtsOptions = {}): WarmTextToSpeech {
  const { platform = process.platform, languages = ['de', 'en'], run = runCommand } = options
  const engine = engines[platform]
  const stopped = new AbortController()
  let voices: ReadonlyMap<string, SystemVoice> = new Map()
  let search: Promise<void> | undefined

  async function findVoices(): Promise<void> {
    const found = await engine?.listVoices(run, stopped.signal).catch(() => [])
    const wanted = (found ?? []).filter(({ language }) => languages.includes(primaryTag(language)))
    voices = new Map(wanted.map((voice) => [nameOf(voice), voice]))
  }

  return {
    name: engine?.name ?? 'system voice',
    get voices() {
      return [...voices].map(([name, voice]): VoiceCapability => ({
        name,
        languages: [...new Set([voice.language, primaryTag(voice.language)].flatMap(canonicalTag))],
        ...(voice.gender === undefined ? {} : { gender: voice.gender }),
        ...(engine === undefined ? {} : { engine: engine.name }),
      }))
    },
    warm: () => (search ??= findVoices()),
    async *synthesize(text, { voice: name, speed, signal }) {
      const voice = voices.get(name)
      if (engine === undefined || voice === undefined) {
        throw new RealtimeError('invalid_value', `The system has no voice ${name}.`, { param: 'voice' })
      }
      if (!/[\p{L}\p{N}]/u.test(text)) return
      const either = AbortSignal.any([signal, stopped.signal])
      const wav = await engine.speak({ text, voice, speed, run, signal: either }).catch((error: unknown) => {
        signal.throwIfAborted()
        throw new RealtimeError('engine_failed', `${engine.name} could not speak.`, { cause: error })
      })
      const { samples, sampleRate } = decodeWav(wav)
      yield { samples, sampleRate }
    },
    async [Symbol.asyncDispose]() {
      stopped.abort()
    },
  }
}

function nameOf({ name }: SystemVoice): string {
  return `system-${name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')}`
}

function primaryTag(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? language
}

/** The tag as BCP 47 writes it; none for what is no tag, as some of espeak-ng's own are. */
function canonicalTag(tag: string): readonly string[] {
  try {
    return Intl.getCanonicalLocales(tag)
  } catch {
    return []
  }
}
