import { serverErrors } from '../http/server-errors.ts'

/** The errors of a chat completions server. */
export const chatErrors = serverErrors({
  complaints: {
    invalid_api_key:
      'The language model refused the key. Check the key (PARLEY_LLM_KEY) and that it may use this model.',
    model_not_found:
      'The language model server does not know the model or the address. ' +
      'Check the model name (PARLEY_LLM_MODEL) and that the address (PARLEY_LLM_URL) ends as the server asks, often with /v1.',
    rate_limit_exceeded:
      'The language model is asked too often. Wait a moment, or check the limits of its account.',
    insufficient_quota: 'The language model account has no credit left. Check its plan and billing.',
    unsupported:
      'The language model does not support function calls. Remove the tools or choose another model.',
    invalid_value:
      'The language model did not accept the request. Check the model and the size of the conversation.',
    backend_unavailable: 'The language model server failed. Check its log, or try again.',
  },
  connections: {
    unreachable:
      'The language model server cannot be reached. Check that it runs and that its address (PARLEY_LLM_URL) is right.',
    no_answer:
      'The language model server did not answer in time. It may still be loading the model: try again, or check its log.',
    broken: 'The language model server broke off its answer. Check its log, or try again.',
    stalled:
      'The language model stopped in the middle of its answer. Check the load and the log of its server.',
    garbled:
      'The server at the language model address did not answer as a chat endpoint does. Check the address (PARLEY_LLM_URL).',
  },
})
