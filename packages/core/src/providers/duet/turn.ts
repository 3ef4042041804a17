import { durationMs } from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import { Inbox } from '../../channel/inbox.ts'
import { toRealtimeError } from '../../errors.ts'
import type { RealtimeError } from '../../errors.ts'
import type { ExtensionEvent } from '../../events/extension.ts'
import type { Response, Usage } from '../../events/response.ts'
import type { ResponseCreated, ServerEvent } from '../../events/server-events.ts'
import { createClauseSplitter } from '../speech/clause-splitter.ts'
import { toSpokenText } from '../speech/spoken-text.ts'
import { toSpokenEvents, toSpokenItem } from './spoken-events.ts'
import { emptyPart, type SpokenPart } from './turn-parts.ts'
import { sumUsage } from './usage.ts'
import type { SpeechPart, VoiceLeg, VoiceOverride } from './voice-leg.ts'

/** Why an answer fell silent. */
export type SilenceReason = 'turn_detected' | 'client_cancelled'

/** One answer of the mind on its way to the client. */
export interface Turn {
  readonly id: string
  readonly outOfBand: boolean
  /** Sound instead of text. */
  readonly spoken: boolean
  /** The mind has not finished it. */
  readonly writing: boolean
  /** The client has its `response.done`. */
  readonly delivered: boolean
  /** Its spoken parts. */
  readonly parts: readonly SpokenPart[]
  /** Takes the next event of this answer. */
  take(event: ServerEvent): void
  /** Emits the answer as it comes, sound in the pace of the voice; resolves after `response.done`. */
  deliver(): Promise<void>
  /** Nothing more of it is spoken; its events still end it. */
  silence(reason: SilenceReason): void
  /** Ends it without a word. */
  abandon(): void
}

/** What one answer needs. */
export interface TurnOptions {
  readonly created: ResponseCreated
  readonly outOfBand: boolean
  readonly spoken: boolean
  readonly override: VoiceOverride | undefined
  readonly voice: VoiceLeg
  readonly emit: (event: ServerEvent) => void
  readonly newId: (prefix: string) => string
  /** The voice failed; the rest is written. */
  readonly muted: (error: RealtimeError) => void
}

type Step = { readonly event: ServerEvent } | { readonly clause: string; readonly part: SpokenPart }

const wireFormat: AudioFormat = { type: 'audio/pcm', rate: 24_000 }

/** Creates the turn that `response.created` begins. */
export function createTurn(options: TurnOptions): Turn {
  const { created, outOfBand, spoken, override, voice, emit, newId } = options
  const id = created.response.id ?? ''
  const steps = new Inbox<Step>()
  const splitter = createClauseSplitter({ early: false })
  const parts = new Map<string, SpokenPart>()
  const controller = new AbortController()
  /** The last `done` of each kind the voice said beside its sound: one for the whole answer. */
  const lastSaid = new Map<string, ExtensionEvent>()
  let writing = true
  let delivered = false
  let silenced: SilenceReason | undefined
  let mute = false
  let opening = true
  let usage: Usage | undefined

  function partOf(fields: Parameters<typeof emptyPart>[0]): SpokenPart {
    const known = parts.get(fields.item_id) ?? emptyPart(fields)
    parts.set(fields.item_id, known)
    return known
  }

  function put(clauses: readonly string[], part: SpokenPart | undefined): void {
    if (part) for (const clause of clauses) steps.push({ clause, part }, 0)
  }

  function format(): AudioFormat {
    const asked = override?.audio?.output?.format ?? voice.settings.output?.format
    return asked?.type === 'audio/pcm'
      ? { type: 'audio/pcm', rate: asked.rate ?? 24_000 }
      : (asked ?? wireFormat)
  }

  function response(written: Response): Response {
    const ended = written.status !== undefined && written.status !== 'in_progress'
    const cut = ended && silenced !== undefined && written.status === 'completed'
    const name = override?.audio?.output?.voice ?? voice.settings.output?.voice
    return {
      ...written,
      ...(cut && { status: 'cancelled', status_details: { type: 'cancelled', reason: silenced } }),
      ...(written.output && { output: written.output.map((item) => toSpokenItem(item, context())) }),
      output_modalities: ['audio'],
      audio: { output: { format: format(), ...(name != null && { voice: name }) } },
      usage: ended ? (sumUsage(written.usage ?? undefined, usage) ?? null) : (written.usage ?? null),
    }
  }

  const context = () => ({
    part: (itemId: string | undefined) => parts.get(itemId ?? ''),
    silenced: silenced !== undefined,
  })

  function send(event: ServerEvent): void {
    if (!spoken) return emit(event)
    if (event.type === 'response.output_text.done') {
      for (const said of lastSaid.values()) emit(said)
      lastSaid.clear()
    }
    for (const heard of toSpokenEvents(event, { ...context(), response })) emit(heard)
  }

  const fieldsOf = ({ itemId, outputIndex, contentIndex }: SpokenPart) => ({
    response_id: id,
    item_id: itemId,
    output_index: outputIndex,
    content_index: contentIndex,
  })

  function tell(part: SpokenPart, clause: string): void {
    part.told += clause
    part.clauses.push({ text: clause, endMs: part.soundMs })
    const type = 'response.output_audio_transcript.delta'
    emit({ type, event_id: newId('event'), ...fieldsOf(part), delta: clause })
  }

  function hear(said: SpeechPart, part: SpokenPart, offsetMs: number): void {
    switch (said.type) {
      case 'sound': {
        part.soundMs += durationMs(format(), said.audio.byteLength)
        const clause = part.clauses.at(-1)
        if (clause) clause.endMs = part.soundMs
        const type = 'response.output_audio.delta'
        return emit({ type, event_id: newId('event'), ...fieldsOf(part), delta: said.audio })
      }
      case 'extension': {
        const { event } = said.event
        const at = event['audio_offset_ms']
        const moved = typeof at === 'number' ? { audio_offset_ms: at + Math.round(offsetMs) } : {}
        const ours: ExtensionEvent = { ...said.event, event: { ...event, ...fieldsOf(part), ...moved } }
        const type = String(event['type'])
        if (type.endsWith('.done')) lastSaid.set(type, ours)
        else emit(ours)
        return
      }
      case 'usage':
        usage = sumUsage(usage, said.usage)
    }
  }

  /** The words of a clause come right before its sound, or alone when there is none. */
  async function say(clause: string, part: SpokenPart): Promise<void> {
    const text = toSpokenText(clause)
    let told = false
    if (text !== '' && !mute) {
      const offsetMs = part.soundMs
      try {
        for await (const said of voice.speak({ text, opening, override, signal: controller.signal })) {
          if (silenced) break
          if (!told && said.type === 'sound') tell(part, clause)
          told ||= said.type === 'sound'
          hear(said, part, offsetMs)
        }
        opening = false
      } catch (error) {
        if (!silenced) {
          mute = true
          options.muted(toRealtimeError(error, 'backend_unavailable'))
        }
      }
    }
    if (!told && !silenced) tell(part, clause)
  }

  return {
    id,
    outOfBand,
    spoken,
    get writing() {
      return writing
    },
    get delivered() {
      return delivered
    },
    get parts() {
      return [...parts.values()]
    },
    take(event) {
      if (spoken && event.type === 'response.output_text.delta') {
        const part = partOf(event)
        part.written += event.delta
        return put(splitter.push(event.delta), part)
      }
      if (spoken && event.type === 'response.output_text.done') {
        const part = partOf(event)
        if (part.written === '') put(splitter.push(event.text), part)
        part.written = event.text
      }
      if (spoken && event.type === 'response.content_part.added') partOf(event)
      if (event.type.endsWith('.done')) put(splitter.flush(), [...parts.values()].at(-1))
      steps.push({ event }, 0)
      if (event.type !== 'response.done') return
      writing = false
      steps.end()
    },
    async deliver() {
      for await (const step of steps) {
        if ('event' in step) send(step.event)
        else if (!silenced) await say(step.clause, step.part)
      }
      delivered = true
    },
    silence(reason) {
      if (silenced || !spoken) return
      silenced = reason
      controller.abort()
    },
    abandon() {
      silenced ??= 'client_cancelled'
      controller.abort()
      steps.drop()
      steps.end()
    },
  }
}
