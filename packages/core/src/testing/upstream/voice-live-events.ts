import type { HeldItem } from './conversation.ts'
import type { Engine, Handler } from './engine.ts'
import { isObject, textOf } from './json.ts'
import type { Talk } from './talk.ts'
import type { WireObject } from './wire.ts'

/** Client events only Voice Live has. */
export const voiceLiveHandlers: Readonly<Record<string, Handler>> = {
  'session.avatar.connect': connectAvatar,
  'input_audio.turn.start': ({ input }) => {
    input.clear()
  },
  'input_audio.turn.append': ({ input }, event) => {
    input.append(textOf(event['audio']))
  },
  'input_audio.turn.end': ({ input, answer }) => {
    if (input.commit()) answer()
  },
  'input_audio.turn.cancel': ({ input }) => {
    input.clear()
  },
  'input_audio.clear': ({ input }) => {
    input.clear()
  },
  'output_audio_buffer.clear': clearOutput,
  'input_text.delta': addText,
  'input_text.done': endText,
}

function connectAvatar({ talk }: Engine, event: WireObject): void {
  if (!isObject(talk.session['avatar'])) {
    talk.refuse({ code: 'invalid_value', message: 'The session has no avatar.', param: 'client_sdp' }, event)
    return
  }
  talk.hasAvatar = true
  const answer = Buffer.from('v=0\r\ns=stand-in\r\n').toString('base64')
  talk.emitRaw({ type: 'session.avatar.connecting', server_sdp: answer })
  talk.emitRaw({ type: 'session.avatar.switch_to_idle' })
}

function clearOutput({ talk, responses }: Engine, event: WireObject): void {
  if (!talk.hasAvatar) {
    talk.refuse(
      { code: 'invalid_value', message: 'Only an avatar has an output buffer.', param: 'type' },
      event,
    )
    return
  }
  responses.active?.cancel('client_cancelled')
  talk.emitRaw({ type: 'output_audio_buffer.cleared' })
}

function addText({ talk }: Engine, event: WireObject): void {
  const held = streamed(talk, textOf(event['id']))
  held.text += textOf(event['delta'])
  held.shown = { ...held.shown, content: [{ type: 'input_text', text: held.text }] }
}

function endText({ talk }: Engine, event: WireObject): void {
  const held = talk.conversation.find(textOf(event['id']))
  if (held === undefined) {
    talk.refuse({ code: 'invalid_value', message: 'No text came for this item.', param: 'id' }, event)
    return
  }
  held.open = false
  held.shown = { ...held.shown, status: 'completed' }
  talk.emit({
    type: 'conversation.item.added',
    previous_item_id: talk.conversation.previousOf(held.id),
    item: held.shown,
  })
}

/** The user item that text is streamed into; it is announced when it is whole. */
function streamed(talk: Talk, id: string): HeldItem {
  const known = talk.conversation.find(id)
  if (known !== undefined) return known
  const shown = {
    id,
    object: 'realtime.item',
    type: 'message',
    status: 'in_progress',
    role: 'user',
    content: [],
  }
  const held: HeldItem = { id, shown, text: '', soundMs: 0, open: true }
  talk.conversation.insert(held)
  return held
}
