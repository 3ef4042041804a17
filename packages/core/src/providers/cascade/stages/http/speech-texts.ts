import type { ServerTexts } from './server-errors.ts'

/** How a speech server and its settings are named to people. */
export interface SpeechServerNames {
  /** Begins sentences, for example `The speech-to-text server`. */
  readonly server: string
  /** Names of the settings, for example `PARLEY_STT_KEY`. */
  readonly settings: { readonly key: string; readonly url: string; readonly model: string }
}

/** The texts of one speech server. */
export function speechTexts({ server, settings }: SpeechServerNames): ServerTexts {
  const { key, url, model } = settings
  return {
    complaints: {
      invalid_api_key: `${server} refused the key. Check the key (${key}) and that it belongs to this address.`,
      model_not_found: `${server} does not know the model or the address. Check ${model} and ${url}.`,
      rate_limit_exceeded: `${server} is asked too often. Wait a moment, or check the limits of its account.`,
      insufficient_quota: `${server} has no credit left for this account. Check its plan and billing.`,
      unsupported: `${server} does not support this. Check ${model}.`,
      invalid_value: `${server} did not accept the request. Check ${model}, the voice and the language.`,
      backend_unavailable: `${server} failed. Check its log, or try again.`,
    },
    connections: {
      unreachable: `${server} cannot be reached. Check that it runs and that its address (${url}) is right.`,
      no_answer: `${server} did not answer in time. It may still be loading its model: try again, or check its log.`,
      broken: `${server} broke off its answer. Check its log, or try again.`,
      stalled: `${server} stopped in the middle of its answer. Check its load and its log.`,
      garbled: `${server} did not answer as expected. Check the address (${url}).`,
    },
  }
}
