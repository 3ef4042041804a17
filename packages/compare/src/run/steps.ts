import type { Scenario, Step } from '../scenario/scenario.ts'
import { describeExpectation, judge, type Expectation } from './expectation.ts'
import type { ExpectationResult } from './lane-run.ts'
import type { LaneLink } from './lane-link.ts'
import type { ScriptedMicrophone } from './microphone.ts'
import { createTurn, type Turn } from './turn.ts'
import type { Utterance } from './utterance.ts'

/** How long a cancelled answer may take to end before the next is asked for, ms. */
const cancelLimitMs = 2000

/** What the steps of a scenario act on. */
export interface Stage {
  readonly link: LaneLink
  readonly microphone: ScriptedMicrophone
  readonly utterances: ReadonlyMap<number, Utterance>
  /** Results so far, in the order of the steps. */
  readonly expectations: ExpectationResult[]
}

/** Plays the steps one after the other, then waits for what is still being answered. */
export async function playSteps(scenario: Scenario, stage: Stage): Promise<void> {
  const turn = createTurn(stage.link)
  for (const [index, step] of scenario.steps.entries()) {
    stage.link.mark({ type: 'step', at: stage.link.at(), step: index })
    await playStep(step, index, stage, turn)
  }
  await turn.rest()
}

async function playStep(step: Step, index: number, stage: Stage, turn: Turn): Promise<void> {
  const { link } = stage
  if ('say' in step) return speak(index, stage, turn)
  if ('type' in step) {
    await typeWords(step.type, link, index)
    return turn.begin()
  }
  if ('interrupt' in step) {
    await heardFor(step.after, link, turn)
    return speak(index, stage, turn)
  }
  if ('backchannel' in step) {
    await heardFor(step.after, link, turn)
    return pronounce(index, stage)
  }
  if ('expect' in step) return expectWithin(step.expect, index, stage, turn)
  if ('silence' in step) return pause(step.silence, link)
  if (step.wait === 'answer') return turn.answered()
  if (step.wait === 'first_sound') return turn.firstSound()
  return pause(step.wait, link)
}

async function pause(ms: number, link: LaneLink): Promise<void> {
  await link.until(() => false, link.at() + ms)
}

/** Sends an utterance; resolves once its last frame is sent. */
async function pronounce(index: number, { link, microphone, utterances }: Stage): Promise<void> {
  const utterance = utterances.get(index)
  if (!utterance) return
  microphone.speak(utterance, { step: index, at: link.at() })
  await link.until(() => !microphone.isSpeaking)
}

/** Speaks to be answered. Without turn detection the client says itself where the turn begins and ends. */
async function speak(index: number, stage: Stage, turn: Turn): Promise<void> {
  const { link } = stage
  if (link.isPushToTalk) {
    await takeTheFloor(link)
    link.send({ type: 'input_audio_buffer.clear' })
  }
  await pronounce(index, stage)
  turn.begin()
  if (!link.isPushToTalk) return
  link.send({ type: 'input_audio_buffer.commit' })
  link.conversation.expectAnswer()
  link.send({ type: 'response.create' })
}

/** Sends a typed message and asks for an answer, ending the one that is given. */
export async function typeWords(text: string, link: LaneLink, step?: number): Promise<void> {
  await takeTheFloor(link)
  const at = link.at()
  link.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  })
  link.conversation.expectAnswer()
  link.send({ type: 'response.create' })
  link.mark({ type: 'text_sent', at, text, ...(step !== undefined && { step }) })
  link.words = { from: at, to: at }
}

/** Ends what is being answered, as a client does before it asks for something else. */
async function takeTheFloor(link: LaneLink): Promise<void> {
  link.conversation.giveWay(link.at())
  const isActive = (): boolean => link.conversation.answers.some(({ doneAt }) => doneAt === undefined)
  if (!isActive()) return
  link.send({ type: 'response.cancel' })
  await link.until(() => !isActive(), link.at() + cancelLimitMs)
}

/** Waits until so much of the answer was heard; an answer that ends or never comes is not waited for. */
async function heardFor(ms: number, link: LaneLink, turn: Turn): Promise<void> {
  const isHeard = (): boolean => link.player.audibleMs(link.at()) >= ms
  await turn.progressUntil(() => isHeard() || turn.isAnswered())
  if (isHeard()) return
  link.mark({
    type: 'warning',
    at: link.at(),
    code: 'nothing_to_interrupt',
    text: `No ${ms} ms of an answer were heard; the step speaks all the same.`,
  })
}

async function expectWithin(expected: Expectation, step: number, stage: Stage, turn: Turn): Promise<void> {
  const { link, expectations } = stage
  const { from, to } = link.words ?? { from: 0, to: link.at() }
  if (expected.no_answer === true) turn.give()
  const verdict = () => judge(expected, link.conversation, { from, to, now: link.at() })
  await link.until(() => verdict().state !== 'open')
  const { state, found, atMs } = verdict()
  expectations.push({
    step,
    met: state === 'met',
    expected: describeExpectation(expected),
    found,
    ...(atMs !== undefined && { atMs }),
  })
}
