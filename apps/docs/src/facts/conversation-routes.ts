import { backendName, body, path, query, type RouteFacts } from './route-facts.ts'

/** Routes of what is remembered. */
export const conversationRoutes: readonly RouteFacts[] = [
  {
    route: 'GET /v1/conversations',
    group: 'Conversations',
    meaning: 'What was said, the latest first.',
    parameters: [
      query('limit', 'How many, 20 without it.'),
      query('after', 'The cursor of the page before.'),
    ],
    answer: '{ data, cursor }.',
  },
  {
    route: 'POST /v1/conversations',
    group: 'Conversations',
    meaning: 'Begins a conversation.',
    parameters: [body('id', 'conv_ and any name; a new one without it.')],
    answer: 'Status 201 and the conversation, or revision_conflict when it is there already.',
  },
  {
    route: 'GET /v1/conversations/:id',
    group: 'Conversations',
    meaning:
      'A conversation: items with how much of each was heard, answers with backend and usage, what happened to its sessions, facts, summary, kept sound.',
    answer:
      '{ id, revision, createdAt, updatedAt, retentionSeconds, items, responses, life, facts, summary, audio }, or not_found.',
  },
  {
    route: 'GET /v1/conversations/:id/export',
    group: 'Conversations',
    meaning: 'The whole log as JSON, to be imported again, or a transcript for people.',
    parameters: [
      query('format', 'json, the default, markdown, or html: one page that needs nothing else.'),
      query('audio', 'false leaves the kept sound out of json and html.'),
      query('language', 'en, the default, or de: what markdown and html say beside the conversation.'),
      query('time_zone', 'IANA name of the zone of their times, such as Europe/Berlin; UTC without it.'),
    ],
    answer: 'A file to save.',
  },
  {
    route: 'POST /v1/conversations/import',
    group: 'Conversations',
    meaning: 'Takes in what an export as JSON gave, up to 64 MiB.',
    parameters: [
      query('id', 'Id it must have; its own one without it, or a new one where that is taken.'),
      body('format', 'parley.conversation, with all that is in the file.'),
    ],
    answer: 'Status 201 and the conversation, or invalid_value with the field at fault.',
  },
  {
    route: 'POST /v1/conversations/:id/fork',
    group: 'Conversations',
    meaning: 'Begins a new conversation with the items of this one, their sound and the facts.',
    parameters: [
      body('item_id', 'Last item it has; all of them without it.'),
      body('id', 'conv_ and any name; a new one without it.'),
    ],
    answer: 'Status 201 and the new conversation.',
  },
  {
    route: 'PUT /v1/conversations/:id/retention',
    group: 'Conversations',
    meaning: 'Has it deleted so long after its last entry.',
    parameters: [body('seconds', '3600 to 3153600000, or null: for ever.')],
    answer: '{ id, seconds }.',
  },
  {
    route: 'GET /v1/conversations/:id/audio/:item/:index',
    group: 'Conversations',
    meaning: 'Sound that was kept of a part of an item.',
    parameters: [path('item', 'Id of the item.'), path('index', 'Its part, 0 for the first.')],
    answer: 'The sound as it was kept, audio/wav, or not_found.',
  },
  {
    route: 'DELETE /v1/conversations/:id',
    group: 'Conversations',
    meaning: 'Forgets a conversation; a session on it ends.',
    parameters: [
      query('facts', 'true forgets what was learned of people in it, too; false, the default, leaves that.'),
    ],
    answer: 'Status 204; with facts=true { id, deleted, facts }, the number of facts that were deleted.',
  },
  {
    route: 'GET /v1/conversations/:id/context',
    group: 'Memory',
    meaning: 'What a backend would be told of the conversation if a session began now.',
    parameters: [
      backendName,
      query('model', 'One of its models.'),
      query('strategy', 'summary, recent, full or none; the configured one without it.'),
      query('budget', 'Estimated tokens at most; the configured number without it.'),
      query('person', 'Whose facts are told with it.'),
    ],
    answer: '{ backend, model, report, items, instructions, summary }.',
  },
  {
    route: 'GET /v1/conversations/:id/facts',
    group: 'Memory',
    meaning: 'Facts that every backend is told in this conversation, however long ago they were pinned.',
    answer: '{ data }, each with id and text.',
  },
  {
    route: 'POST /v1/conversations/:id/facts',
    group: 'Memory',
    meaning: 'Pins a fact; a running session tells its backend at once.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'Status 201 and the fact.',
  },
  {
    route: 'PATCH /v1/conversations/:id/facts/:fact',
    group: 'Memory',
    meaning: 'Changes a pinned fact, for a running session, too.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'The fact.',
  },
  {
    route: 'DELETE /v1/conversations/:id/facts/:fact',
    group: 'Memory',
    meaning: 'Unpins a fact, for a running session, too.',
    answer: 'Status 204.',
  },
  {
    route: 'GET /v1/people/:person/facts',
    group: 'Memory',
    meaning: 'What is known of a person over all conversations.',
    answer: '{ data }, each with id, text, conversationId and updatedAt.',
  },
  {
    route: 'POST /v1/people/:person/facts',
    group: 'Memory',
    meaning: 'Adds a fact, where PARLEY_PEOPLE is on.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'Status 201 and the fact.',
  },
  {
    route: 'PATCH /v1/people/:person/facts/:fact',
    group: 'Memory',
    meaning: 'Changes a fact; it keeps the conversation it was learned in.',
    parameters: [body('text', 'Up to 500 characters.')],
    answer: 'The fact.',
  },
  {
    route: 'DELETE /v1/people/:person/facts/:fact',
    group: 'Memory',
    meaning: 'Forgets a fact; the backends of running sessions are told so.',
    answer: 'Status 204.',
  },
  {
    route: 'DELETE /v1/people/:person/facts',
    group: 'Memory',
    meaning: 'Forgets everything known of a person; the backends of running sessions are told so.',
    answer: 'Status 204.',
  },
  {
    route: 'DELETE /v1/people/:person',
    group: 'Memory',
    meaning: 'The same.',
    answer: 'Status 204.',
  },
]
