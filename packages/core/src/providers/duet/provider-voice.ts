import { toRealtimeError, type RealtimeError } from '../../errors.ts'
import type { RealtimeSessionConfig, Session } from '../../events/session-config.ts'
import type { Provider } from '../provider.ts'
import { createVoiceConnection, type VoiceConnection } from './voice-connection.ts'
import { voiceExtensionsOf } from './session-split.ts'
import type { SpeakRequest, SpeechPart, VoiceLeg, VoiceSettings } from './voice-leg.ts'

/** What a voice over a realtime backend needs. */
export interface ProviderVoiceOptions {
  readonly provider: Provider
  readonly model: string | undefined
  /** What it begins with. */
  readonly settings: VoiceSettings
  /** Aborts the first dial. */
  readonly signal: AbortSignal
  readonly now: () => number
  readonly newId: (prefix: string) => string
  readonly timeoutMs: number
}

/** How long a voice that could not be had back is not dialled again (ms). */
const restMs = 30_000

/**
 * A voice that is a realtime backend with pre-generated messages. The microphone never reaches it and it never
 * listens. A lost connection is opened once more, with its settings, when the next clause is to be spoken.
 */
export async function openProviderVoice(options: ProviderVoiceOptions): Promise<VoiceLeg> {
  const { provider, model, now, newId, timeoutMs } = options
  let settings = options.settings
  let shown: VoiceSettings = settings
  let failed: { readonly error: RealtimeError; readonly at: number } | undefined
  const closing = new AbortController()
  let connection = await open(options.signal)

  async function open(signal: AbortSignal): Promise<VoiceConnection> {
    const channel = await provider.connect({ model, signal })
    const opened = createVoiceConnection(channel, { newId, timeoutMs })
    try {
      show(await opened.created)
      show(await opened.update(toSession(settings, { quiet: true })))
      return opened
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  function show(session: Session): void {
    if (session.type !== 'realtime') return
    shown = {
      output: { ...shown.output, ...session.audio?.output },
      extensions: { ...shown.extensions, ...voiceExtensionsOf(session.extensions) },
    }
  }

  async function reopen(): Promise<VoiceConnection> {
    if (failed && now() - failed.at < restMs) throw failed.error
    try {
      connection = await open(closing.signal)
      failed = undefined
      return connection
    } catch (error) {
      failed = { error: toRealtimeError(error, 'backend_unavailable'), at: now() }
      throw failed.error
    }
  }

  async function* speak(request: SpeakRequest): AsyncGenerator<SpeechPart> {
    const used = connection.lost ? await reopen() : connection
    let sounded = false
    try {
      for await (const part of used.speak(request)) {
        sounded ||= part.type === 'sound'
        yield part
      }
    } catch (error) {
      if (!used.lost || used !== connection || request.signal.aborted) throw error
      const again = await reopen()
      // What was half said is not said again; the next clause goes on.
      if (!sounded) yield* again.speak(request)
    }
  }

  return {
    get settings() {
      return shown
    },
    get available() {
      return !failed || now() - failed.at >= restMs
    },
    speak,
    async configure(changes) {
      const wanted = {
        output: { ...settings.output, ...changes.output },
        extensions: { ...settings.extensions, ...changes.extensions },
      }
      if (!changes.output && !changes.extensions) return
      if (!connection.lost) show(await connection.update(toSession(changes)))
      settings = wanted
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await connection.close()
    },
  }
}

function toSession({ output, extensions }: VoiceSettings, { quiet = false } = {}): RealtimeSessionConfig {
  return {
    type: 'realtime',
    audio: { ...(quiet && { input: { turn_detection: null } }), ...(output && { output }) },
    ...(extensions && Object.keys(extensions).length > 0 && { extensions }),
  }
}
