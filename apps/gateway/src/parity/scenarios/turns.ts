import { holds, LeftOut, same } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

const listens = { silenceMs: 300 }

/** Who speaks when. */
export const turnScenarios: readonly Scenario[] = [
  {
    id: 'text-turn',
    title: 'Text turn',
    native: () => true,
    async run({ dial }) {
      using call = await dial()
      const answer = await call.say('Hello there')
      same('answer', answer.text, 'You said: Hello there.')
      same('status', answer.status, 'completed')
    },
  },
  {
    id: 'spoken-turn',
    title: 'Spoken turn',
    native: ({ turnDetection, inputTranscription }) =>
      turnDetection.includes('server_vad') && inputTranscription === 'native',
    async run({ dial }) {
      using call = await dial()
      await call.update({ turns: listens, transcription: true })
      call.speak(800)
      await call.until('input_audio_buffer.speech_started')
      const answer = await call.answer()
      same('answer', answer.text, 'I heard you.')
      holds('the answer has no sound', answer.soundBytes > 0)
      same('transcript', await call.transcript(), 'hello upstream')
    },
  },
  {
    id: 'barge-in',
    title: 'Barge-in',
    native: ({ turnDetection, interruption }) =>
      turnDetection.includes('server_vad') && interruption === 'native',
    async run({ dial }) {
      using call = await dial()
      await call.update({ turns: listens })
      await call.addText('count to 400')
      call.respond()
      await call.until('response.output_audio.delta')
      call.speak(800)
      await call.until('input_audio_buffer.speech_started')
      const done = await call.until('response.done')
      same('status', (done['response'] as { status?: unknown }).status, 'cancelled')
      same('next answer', (await call.answer()).text, 'I heard you.')
    },
  },
  {
    id: 'cancel',
    title: 'Cancel',
    native: ({ interruption }) => interruption === 'native',
    async run({ dial }) {
      using call = await dial()
      await call.addText('count to 400')
      call.respond()
      await call.until('response.output_audio.delta')
      call.send({ type: 'response.cancel' })
      const done = await call.until('response.done')
      same('status', (done['response'] as { status?: unknown }).status, 'cancelled')
      same('next answer', (await call.say('Hello again')).text, 'You said: Hello again.')
    },
  },
  {
    id: 'push-to-talk',
    title: 'Push to talk',
    native: ({ manualTurns }) => manualTurns,
    async run({ dial }) {
      using call = await dial()
      await call.update({ turns: 'push-to-talk' })
      call.speak(800, 0)
      call.send({ type: 'input_audio_buffer.commit' })
      await call.until('input_audio_buffer.committed')
      call.respond()
      same('answer', (await call.answer()).text, 'I heard you.')
    },
  },
  {
    id: 'idle-timeout',
    title: 'Idle time-out',
    native: ({ sessionFields }) => sessionFields.includes('audio.input.turn_detection.idle_timeout_ms'),
    async run({ dial }) {
      using call = await dial()
      await call.update({ turns: { ...listens, idleTimeoutMs: 5000 } })
      if (call.warnings.length > 0) throw new LeftOut(call.warnings.join(' '))
      await call.say('Hello')
      using _microphone = call.openMicrophone()
      await call.until('input_audio_buffer.timeout_triggered')
      same('status', (await call.answer()).status, 'completed')
    },
  },
  {
    id: 'transcription-only',
    title: 'Transcription only',
    native: ({ transcriptionSessions }) => transcriptionSessions,
    async run({ dial, wire }) {
      using call = await dial('transcription')
      call.send(wire.transcriptionUpdate({ turns: listens }))
      await call.until(wire.dialect === 'openai-beta' ? 'transcription_session.updated' : 'session.updated')
      call.speak(800)
      const completed = await call.until('conversation.item.input_audio_transcription.completed')
      same('transcript', completed['transcript'], 'hello upstream')
    },
  },
]
