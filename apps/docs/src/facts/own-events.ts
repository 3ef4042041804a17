/** What an event of Parley's own says, and each of its fields. */
export interface OwnEventFacts {
  readonly meaning: string
  readonly fields: Readonly<Record<string, string>>
}

/** By type; which events and fields there are is read from their schemas. */
export const ownEventFacts: Readonly<Record<string, OwnEventFacts>> = {
  'parley.session.migrated': {
    meaning: 'Another session at this or another backend goes on. The client does nothing.',
    fields: {
      reason:
        'A known limit, a notice of the backend, a lost connection, a lost backend in whose place another one goes on, another gateway process, or settings that the backend takes in a new session only, such as another voice.',
      from: 'Backend and model before; null where nobody knows.',
      to: 'Backend and model from now on.',
      restored:
        'full: the backend goes on with its own memory; transcript: it was told again in words; none: it knows nothing.',
      unfinished_item_id: 'The answer that was cut off, stored as far as it was heard; null without one.',
      context: 'What the backend was told, as below.',
    },
  },
  'parley.session.resumable': {
    meaning: 'The first event after resume=new: how to come back. Not numbered.',
    fields: {
      token: 'For resume=<token>. It opens nothing without the credential of the session.',
      grace_ms: 'How long the session waits for a client that was lost.',
    },
  },
  'parley.session.resumed': {
    meaning: 'The first event after coming back. Not numbered.',
    fields: {
      token: 'The one it came with.',
      next: 'Number of the server event that follows.',
      received: 'Client events that have arrived: send the later ones again.',
    },
  },
  'parley.session.progress': {
    meaning: 'So many client events are safe, whatever happens to the gateway. Not numbered.',
    fields: { received: 'Number of the last of them; forget it and those before.' },
  },
  'parley.session.leaving': {
    meaning: 'The gateway closes the connection for a restart, with code 1012. Not numbered.',
    fields: { reconnect_after_ms: 'When to come back.' },
  },
  'parley.playback.update': {
    meaning: 'How far the player has come with an answer. It counts in place of the gateway’s clock.',
    fields: {
      item_id: 'The answer.',
      content_index: 'Its part, 0 for the first.',
      audio_ms: 'Sound played so far, from the first of the item; it never goes back.',
    },
  },
}

/** What `conversation.created` says under `parley`, in every dialect. */
export const conversationCreatedFacts: Readonly<Record<string, string>> = {
  context: 'What the backend was told, as below.',
  backend:
    'Backend and model that answer: { backend, model }. Another than was asked for where the first could not be had and the next of the list stands in.',
}

/** Fields of the report on what a backend was told; tokens are estimated. */
export const contextReportFacts: Readonly<Record<string, string>> = {
  strategy: 'As configured, or as the session asked.',
  way: 'How the backend was told.',
  budget_tokens: 'The limit; null for none.',
  tokens: 'All that was told.',
  items: 'Told word by word.',
  summarized: 'Told in the summary.',
  left_out: 'Not told.',
  summary_by: 'Who wrote the summary: a model’s name, extractive for picked sentences, or null.',
  pinned: 'Facts of the conversation.',
  facts: 'Facts of the person.',
  facts_left_out: 'Facts that were too many to tell: the oldest.',
}
