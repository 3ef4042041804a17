import { describe, expect, it } from 'vitest'
import { mergeFacts } from './merge-facts.ts'
import { aboutOf, statedFacts } from './stated-facts.ts'

describe('statedFacts', () => {
  it.each([
    [
      'Hi, my name is Ada Lovelace and I live in Ulm.',
      [
        ['name', 'My name is Ada Lovelace.'],
        ['home', 'I live in Ulm.'],
      ],
    ],
    ['my name is bob thanks', [['name', 'My name is bob.']]],
    ['my name is ada', [['name', 'My name is ada.']]],
    [
      'Guten Tag, ich heiße Jürgen und wohne in Kiel.',
      [
        ['name', 'Ich heiße Jürgen.'],
        ['home', 'Ich wohne in Kiel.'],
      ],
    ],
    [
      'Ich wohne in Kiel und ich arbeite als Lehrerin.',
      [
        ['home', 'Ich wohne in Kiel.'],
        ['job', 'Ich arbeite als Lehrerin.'],
      ],
    ],
    [
      'I work as a nurse at the university hospital.',
      [['job', 'I work as a nurse at the university hospital.']],
    ],
    ['My birthday is on the 3rd of May.', [['birthday', 'My birthday is on the 3rd of May.']]],
    ['Mein Geburtstag ist am 3. Mai.', [['birthday', 'Mein Geburtstag ist am 3. Mai.']]],
    ['My daughter is called Mia.', [['my daughter', 'My daughter is called Mia.']]],
    ['Meine Frau heißt Petra.', [['my frau', 'Meine Frau heißt Petra.']]],
    ["I'm allergic to peanuts.", [['diet allergic to peanuts', "I'm allergic to peanuts."]]],
    ['Ich bin Vegetarierin.', [['diet vegetarierin', 'Ich bin Vegetarierin.']]],
    ['I really love jazz.', [['taste jazz', 'I really love jazz.']]],
    ['Ich mag keine Oliven.', [['taste keine oliven', 'Ich mag keine Oliven.']]],
    ['Please remember that my locker code is 4711.', [['my locker code is 4711', 'My locker code is 4711.']]],
    [
      'Merk dir bitte, dass der Schlüssel unter der Matte liegt.',
      [['der schlüssel unter der matte liegt', 'Der Schlüssel unter der Matte liegt.']],
    ],
    ['Remember my name is Bob.', [['name', 'My name is Bob.']]],
    ['My favourite colour is green.', [['favourite colour', 'My favourite colour is green.']]],
  ])('takes from %j what holds next time', (said, facts) => {
    expect(statedFacts(said).map(({ about, text }) => [about, text])).toEqual(facts)
  })

  it.each([
    'What is my name?',
    'If my name is not on the list, what then',
    'My name is not Bob.',
    "I'd like a table for four.",
    'I like it.',
    'I like that very much.',
    'My flight is delayed.',
    "I'm a bit tired.",
    'I live for the moment',
    'Do you remember when we met?',
    'I will remember that.',
    'Ich bin müde.',
    'Ich mag das nicht.',
    'Mein Zug ist zu spät.',
    'Wie heiße ich?',
    'She said my name is strange.',
    'Call me back tomorrow.',
    'Ich habe eine Frage.',
  ])('takes nothing from %j', (said) => {
    expect(statedFacts(said)).toEqual([])
  })

  it('knows what a stored fact is about, in whatever words it was written', () => {
    expect(aboutOf('My name is Ada.')).toBe(aboutOf('Ich heiße Grete'))
    expect(aboutOf('Drives a red car')).toBe('drives a red car')
  })
})

describe('mergeFacts', () => {
  const known = [
    { id: 'f1', text: 'My name is Ada.' },
    { id: 'f2', text: 'I really love jazz.' },
  ]

  it('replaces the old name by the new one', () => {
    expect(mergeFacts(known, statedFacts('Call me Grace.')).put).toEqual([
      { id: 'f1', text: 'Call me Grace.' },
    ])
  })

  it('keeps tastes beside each other', () => {
    expect(mergeFacts(known, statedFacts('I love techno.')).put).toEqual([
      { id: undefined, text: 'I love techno.' },
    ])
  })

  it('has nothing to do for what is known', () => {
    expect(mergeFacts(known, statedFacts('Hello, my name is ada!')).put).toEqual([])
  })

  it('takes the last of two statements about the same', () => {
    expect(mergeFacts([], statedFacts('My name is Bob. No, my name is Rob.')).put).toEqual([
      { id: undefined, text: 'My name is Rob.' },
    ])
  })
})
