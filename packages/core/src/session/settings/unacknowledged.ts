import type { ConversationItemAdded, ErrorEvent, ServerEvent } from '../../events/server-events.ts'
import type { ConversationItemCreate, InputAudioBufferCommit } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import { itemAdded, itemDeleted, itemDone } from '../items/items.ts'
import { andThen, nothing, takeId } from '../session-state.ts'
import type { SessionOutput, SessionState, Step } from '../session-state.ts'
import type { SoundSpan } from '../listening/sound-span.ts'
import { itemTruncated } from '../heard/truncation.ts'
import type { SentChange, Upstream } from '../upstream/upstream-state.ts'

/** Most changes remembered; a backend that acknowledges none must not fill the memory. */
const maxSent = 256

/** The state once these outputs are on their way: what changes the conversation is remembered until it is answered. */
export function withSent(state: SessionState, outputs: readonly SessionOutput[]): SessionState {
  const changes = outputs.flatMap((output): readonly SentChange[] =>
    output.to === 'provider' && isChange(output.event) && !isReminder(state, output.event)
      ? [output.event]
      : [],
  )
  if (changes.length === 0) return state
  const sent = [...state.upstream.sent, ...changes].slice(-maxSent)
  return { ...state, upstream: { ...state.upstream, sent } }
}

/** The state once the backend has said this: it has answered what it speaks of. */
export function withAnswered(state: SessionState, event: ServerEvent): SessionState {
  const isOwn = event.type === 'conversation.item.deleted' && state.upstream.retelling.has(event.item_id)
  if (isOwn) return state
  const upstream = answered(state.upstream, event)
  return upstream === state.upstream ? state : { ...state, upstream }
}

/** Remembers what is about to be committed, until it is. */
export function withCommit(
  state: SessionState,
  event: InputAudioBufferCommit,
  span: SoundSpan = { startMs: state.heardMs - state.bufferedMs, endMs: state.heardMs },
): SessionState {
  const { upstream } = state
  const commits = [...upstream.commits, { event, span }].slice(-maxSent)
  return { ...state, bufferedMs: 0, upstream: { ...upstream, commits } }
}

/** What a lost backend has not acknowledged is so all the same: stored, and told to the client. */
export function settle(state: SessionState): Step {
  const { sent, committed } = state.upstream
  const spoken = committed.reduce<Step>(
    (step, id) => andThen(step, (next) => finishSpoken(next, id)),
    nothing(state),
  )
  const settled = sent.reduce<Step>((step, change) => andThen(step, (next) => apply(next, change)), spoken)
  return {
    state: { ...settled.state, upstream: { ...settled.state.upstream, sent: [], committed: [] } },
    outputs: settled.outputs,
  }
}

function apply(state: SessionState, change: SentChange): Step {
  const { state: next, id: event_id } = takeId(state, 'event')
  switch (change.type) {
    case 'conversation.item.create':
      return finish(next, withoutSound(change.item), change.previous_item_id)
    case 'conversation.item.delete':
      return itemDeleted(next, { type: 'conversation.item.deleted', event_id, item_id: change.item_id })
    case 'conversation.item.truncate': {
      const { item_id, content_index, audio_end_ms } = change
      const type = 'conversation.item.truncated'
      return itemTruncated(next, { type, event_id, item_id, content_index, audio_end_ms })
    }
  }
}

function finishSpoken(state: SessionState, id: string): Step {
  const known = state.conversation.items.get(id)
  const item: Item = known ?? {
    id,
    type: 'message',
    role: 'user',
    status: 'completed',
    content: [{ type: 'input_audio', transcript: null }],
  }
  return finish(state, item, undefined)
}

/** Announces an item unless it is known, and finishes it. */
function finish(
  state: SessionState,
  item: Item,
  previousItemId: ConversationItemCreate['previous_item_id'],
): Step {
  const { state: named, id: addedId } = takeId(state, 'event')
  const { state: next, id: doneId } = takeId(named, 'event')
  const place: Pick<ConversationItemAdded, 'item' | 'previous_item_id'> =
    previousItemId === undefined ? { item } : { item, previous_item_id: previousItemId }
  const added =
    item.id !== undefined && next.conversation.items.has(item.id)
      ? nothing(next)
      : itemAdded(next, { type: 'conversation.item.added', event_id: addedId, ...place })
  return andThen(added, (there) =>
    itemDone(there, { type: 'conversation.item.done', event_id: doneId, ...place }),
  )
}

/** Items are kept without their sound. */
function withoutSound(item: Item): Item {
  if (item.type !== 'message' || item.role !== 'user') return item
  const content = item.content.map((part) => {
    if (part.type !== 'input_audio') return part
    const { audio: _audio, ...rest } = part
    return rest
  })
  return { ...item, content }
}

function isChange(event: { readonly type: string }): event is SentChange {
  const { type } = event
  return (
    type === 'conversation.item.create' ||
    type === 'conversation.item.delete' ||
    type === 'conversation.item.truncate'
  )
}

/** An item the backend is only told again, or is to forget for that. */
function isReminder({ seeded, own }: SessionState, event: SentChange): boolean {
  if (event.type === 'conversation.item.delete') return own.has(event.event_id ?? '')
  return event.type === 'conversation.item.create' && seeded.has(event.item.id ?? '')
}

function answered(upstream: Upstream, event: ServerEvent): Upstream {
  const { sent, committed } = upstream
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events answer nothing
  switch (event.type) {
    case 'conversation.item.done': {
      const { id } = event.item
      if (sent.length === 0 && committed.length === 0) return upstream
      return {
        ...upstream,
        sent: without(sent, (change) => change.type === 'conversation.item.create' && change.item.id === id),
        committed: committed.filter((other) => other !== id),
      }
    }
    case 'conversation.item.deleted':
    case 'conversation.item.truncated': {
      const asked =
        event.type === 'conversation.item.deleted' ? 'conversation.item.delete' : 'conversation.item.truncate'
      return {
        ...upstream,
        sent: without(
          sent,
          (change) => change.type === asked && 'item_id' in change && change.item_id === event.item_id,
        ),
      }
    }
    case 'error':
      return refused(upstream, event)
    default:
      return upstream
  }
}

/** Backends do not always say which event an error answers. */
const changeByCode: ReadonlyMap<string, SentChange['type']> = new Map([
  ['item_truncate_invalid_item_id', 'conversation.item.truncate'],
  ['item_delete_invalid_item_id', 'conversation.item.delete'],
])

function refused(upstream: Upstream, { error }: ErrorEvent): Upstream {
  const { sent, commits } = upstream
  const code = error.code ?? ''
  const named = error.event_id
  const type =
    changeByCode.get(code) ?? (error.param?.startsWith('item') ? 'conversation.item.create' : undefined)
  const isMeant = ({ event_id }: { readonly event_id?: string | undefined }): boolean => event_id === named
  return {
    ...upstream,
    sent: without(sent, named == null ? (change) => change.type === type : isMeant),
    commits: without(
      commits,
      named == null ? () => code === 'input_audio_buffer_commit_empty' : ({ event }) => isMeant(event),
    ),
  }
}

/** The list without the first that matches. */
function without<Entry>(list: readonly Entry[], matches: (entry: Entry) => boolean): readonly Entry[] {
  const index = list.findIndex(matches)
  return index === -1 ? list : list.toSpliced(index, 1)
}
