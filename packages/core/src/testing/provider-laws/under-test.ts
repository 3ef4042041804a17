import type { Law } from '@parley/audio/testing'
import type { ConnectLimits } from '../../providers/connect-limits.ts'
import type { Capabilities, OptionalSessionField } from '../../providers/capabilities.ts'
import type { ResponseExtension, SessionExtension } from '../../events/extensions.ts'
import type { Provider } from '../../providers/provider.ts'
import type { Upstream, UpstreamOptions } from '../upstream/upstream.ts'

/** How the stand-in and the provider behave in one law. */
export interface ScriptedOptions extends Omit<Partial<UpstreamOptions>, 'key'> {
  readonly connect?: Partial<ConnectLimits>
}

/** A provider that dials a running stand-in. */
export interface Scripted extends AsyncDisposable {
  readonly provider: Provider
  readonly upstream: Upstream
}

/** A provider as its suite sees it. */
export interface ProviderUnderTest {
  /** Starts the stand-in of the provider's wire and a provider that dials it with the right key. */
  open(options?: ScriptedOptions): Promise<Scripted>
  /** The key: no error may show it. */
  readonly key: string
  /** A transcription model the backend knows. */
  readonly transcriptionModel: string
  /**
   * What the backend may do though it is not declared, because no document says that it refuses it. `all` for
   * servers of which nothing is known.
   */
  readonly undocumented?: 'all' | readonly Undocumented[]
}

/** What a law can leave alone: a session field, an extension, a capability, or `<capability>.<value>`. */
export type Undocumented =
  | OptionalSessionField
  | SessionExtension
  | ResponseExtension
  | 'models'
  | 'otherVoices'
  | 'transcriptionSessions'
  | 'voiceLock'
  | 'inputModalities.image'
  | `${'inputFormats' | 'outputFormats'}.${8000 | 16_000 | 24_000 | 48_000}`
  | `turnDetection.${Capabilities['turnDetection'][number]}`
  | `tools.${Capabilities['tools'][number]}`
  | `updatable.${Capabilities['updatable'][number]}`

/** Whether something can be shown: what is declared to be there, and the rest to be absent where that is documented. */
export function isShown(subject: ProviderUnderTest, name: Undocumented, declared: boolean): boolean {
  const { undocumented = [] } = subject
  return declared || (undocumented !== 'all' && !undocumented.includes(name))
}

/** Makes a law of a check; names are sentences without the subject. */
export function law(
  name: string,
  holds: (subject: ProviderUnderTest) => Promise<void>,
): Law<ProviderUnderTest> {
  return { name, holds }
}

/** A law over one connection that breaks no rule of the stand-in. */
export function scriptedLaw(
  name: string,
  holds: (scripted: Scripted, subject: ProviderUnderTest) => Promise<void>,
  options: ScriptedOptions = {},
): Law<ProviderUnderTest> {
  return law(name, async (subject) => {
    await using scripted = await subject.open({ deltaIntervalMs: 0, ...options })
    await holds(scripted, subject)
  })
}
