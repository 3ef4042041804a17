import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { encodeWav, int16ToPcm16 } from '@parley/audio'
import { sessionUpdateFor } from '@parley/compare'
import { checkBackends } from '../compare/check-backends.ts'
import { CommandFailure, messageOf } from '../command-failure.ts'
import type { Environment } from '../environment.ts'
import { connect } from '../gateway/connect.ts'
import { checkOutputPaths, writeOutput } from '../output-files.ts'
import { parseSound, readSoundFile, soundRate } from '../sound/sound-file.ts'
import { isDumbTerminal } from '../terminal/live-progress.ts'
import { styled, tell } from '../terminal/terminal.ts'
import { createConversation } from './conversation.ts'
import type { Conversation } from './conversation.ts'
import { devicesFor } from './devices.ts'
import type { Devices } from './devices.ts'
import { soundMicrophone } from './microphone.ts'
import type { TalkRequest } from './options.ts'
import { createPlayout } from './playout.ts'
import { createScreen } from './screen.ts'
import type { Screen } from './screen.ts'
import { sessionLost, talkGateway } from './talk-gateway.ts'
import { createTranscript } from './transcript.ts'
import { createTypedLines } from './typed-lines.ts'

/** Where a conversation is held. */
export interface TalkSurroundings {
  readonly environment: Environment
  /** Ends the conversation. */
  readonly signal: AbortSignal
}

/** How long settings may take to be acknowledged, in ms. */
const readyTimeoutMs = 20_000

/** After a sound file, an answer may begin for this long, and all of it may take so long (ms). */
const afterSound = { quietMs: 2500, limitMs: 120_000 }

/** After the last line of a pipe. */
const afterLines = { quietMs: 500, limitMs: 120_000 }

const help = `A line of text is said for you. Enter alone interrupts the answer. /quit ends.`

/** Holds a conversation until the person ends it, or until the sound and the answers to it are over. */
export async function runTalk(
  request: TalkRequest,
  { environment, signal }: TalkSurroundings,
): Promise<void> {
  await checkOutputPaths([{ option: '--out', path: request.output, kind: 'file' }])
  const sound = await soundOf(request)
  await using gateway = await talkGateway(request, { environment, signal })
  await checkBackends(gateway, [request.lane], tell)
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  const { backend, model } = request.lane
  const { conversation: kept } = request
  const onInvalid = (error: Error): void => notice(error.message)
  await using channel = await connect(
    gateway.address,
    { backend, model, ...(kept !== undefined && { conversation: kept }) },
    { signal, onInvalid },
  )
  const soundEnded = Promise.withResolvers<void>()
  const devices = devicesFor(request, environment, {
    played: sound && soundMicrophone(sound, soundEnded.resolve),
    onSpeakerGone: (command) => notice(`The speaker stopped: ${command} ended. Answers are only shown.`),
  })
  await using sink = devices.sink
  const isLive = process.stdout.isTTY && !isDumbTerminal()
  const lines = createTypedLines({
    isTerminal: process.stdin.isTTY,
    onLine: (line) => conversation.type(line),
    onInterrupt: () => conversation.interrupt(),
    onHelp: () => notice(help),
    onUnknown: (command) => notice(`There is no ${command}. ${help}`),
    onQuit: () => over.abort(),
  })
  using screen: Screen = createScreen({
    isLive,
    input: sound === undefined ? process.stdin : undefined,
    onInput: lines.take,
    onInterrupt: () => over.abort(),
    onEnd: lines.end,
  })
  function notice(text: string): void {
    if (isLive) screen.line(styled('yellow', text))
    else tell(text)
  }
  const transcript = createTranscript({
    onLine: (side, text, note) => screen.line(turnText(side, text, note)),
    onLive: (side, text) => screen.live(text === '' ? '' : `${side}: ${text}`),
  })
  const playout = createPlayout(sink, {
    onStart: (itemId) => conversation.sounded(itemId),
    onEnd: (itemId) => conversation.heardOut(itemId),
  })
  const conversation: Conversation = createConversation({
    channel,
    playout,
    transcript,
    isHalfDuplex: devices.isHalfDuplex,
    now: () => performance.now(),
    onNotice: notice,
  })
  for (const note of devices.notes) notice(note)
  if (sound === undefined && process.stdin.isTTY) notice(help)

  // The session ends when the backend ends it, or with us.
  let lost: string | undefined
  const broken = (reason: string): void => {
    if (!stop.aborted) lost = reason
  }
  const session = conversation.run().then(
    () => broken('it was closed from there'),
    (error: unknown) => broken(messageOf(error)),
  )
  void session.then(() => over.abort())
  const playing = playout.run(stop)
  try {
    channel.send(sessionUpdateFor(laneOf(request), undefined))
    await settingsTaken(conversation, stop)
    const listening = listen(devices, { conversation, stop, notice })
    if (sound !== undefined) {
      await Promise.race([soundEnded.promise, aborted(stop)])
      await settled(conversation, { ...afterSound, signal: stop })
    } else {
      await lines.run(stop, () => settled(conversation, { ...afterLines, signal: stop }))
    }
    over.abort()
    await listening
  } finally {
    over.abort()
    transcript.flush()
    await playing
    await channel.close()
    if (request.output !== undefined) {
      const heard = playout.heard()
      await writeOutput(request.output, encodeWav(int16ToPcm16(heard), soundRate))
      if (heard.length === 0) tell('Nothing was heard, so there is no sound in it.')
    }
  }
  await session
  // It is told when everything else has come to its end.
  if (lost !== undefined) {
    throw sessionLost({ reason: lost, id: conversation.id, kept, gateway: request.gateway })
  }
}

/** What is spoken in place of the microphone. */
async function soundOf({ input }: TalkRequest): Promise<Int16Array | undefined> {
  if (input === undefined) return undefined
  return input === '-' ? parseSound(await buffer(process.stdin), 'standard input') : readSoundFile(input)
}

function laneOf({ lane, isText, language }: TalkRequest): TalkRequest['lane'] {
  const session = isText ? { ...lane.session, output_modalities: ['text' as const] } : lane.session
  if (language === undefined) return { ...lane, session }
  const input = { ...session.audio?.input, transcription: { language } }
  return { ...lane, session: { ...session, audio: { ...session.audio, input } } }
}

async function settingsTaken(conversation: Conversation, signal: AbortSignal): Promise<void> {
  const timer = new AbortController()
  const late = delay(readyTimeoutMs, 'late' as const, { signal: timer.signal }).catch(() => undefined)
  const ready = conversation.ready.catch(() => undefined)
  const taken = await Promise.race([ready, late, aborted(signal)])
  timer.abort()
  if (taken === 'late') throw new CommandFailure('The backend did not acknowledge the settings in time.')
}

/** Sends what the microphone hears; a microphone that fails leaves the typed lines. */
async function listen(
  { microphone }: Devices,
  {
    conversation,
    stop,
    notice,
  }: {
    readonly conversation: Conversation
    readonly stop: AbortSignal
    readonly notice: (text: string) => void
  },
): Promise<void> {
  try {
    await microphone?.((frame) => conversation.hear(frame), stop)
  } catch (error) {
    notice(`${messageOf(error)} Typed lines still work.`)
  }
}

/** Resolves when nothing has been going on for a while, or the limit is reached. */
async function settled(
  conversation: Conversation,
  {
    quietMs,
    limitMs,
    signal,
  }: { readonly quietMs: number; readonly limitMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + limitMs
  let busyAt = performance.now()
  while (!signal.aborted && performance.now() < deadline && performance.now() - busyAt < quietMs) {
    await delay(20, undefined, { signal }).catch(() => undefined)
    if (conversation.isBusy) busyAt = performance.now()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function turnText(side: 'you' | 'parley', text: string, note: string): string {
  const name = side === 'you' ? styled('cyan', 'you   ') : styled('green', 'parley')
  return `${name}  ${text}${note === '' ? '' : styled('dim', `  (${note})`)}`
}
