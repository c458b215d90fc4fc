/** Why a rule's findings matter, and what is generally done about them. */
export interface Reason {
  /** One English sentence. */
  readonly explanation: string;
  /** One English sentence; each finding says more exactly what to do. */
  readonly fix: string;
}

/** For every rule, by its id. */
export const reasons = {
  'single-touch': {
    explanation:
      'Most late invoices are paid after the second or third reminder; whoever overlooks the only one is never asked again.',
    fix: 'Add a firmer stage, or repeat the last one.',
  },
  'single-channel': {
    explanation: 'A wrong number or a full mailbox then silences the whole policy, and nobody notices.',
    fix: 'Name a second channel in via.',
  },
  'falling-tone': {
    explanation:
      'A debtor who is addressed more mildly the longer the debt stands learns that nothing follows.',
    fix: 'Let the tone stay or rise as days pass.',
  },
  'unreachable-stage': {
    explanation: 'A stage that never acts is dead text: readers believe in a step that nobody ever takes.',
    fix: 'Move it to a day of its own, or take it out.',
  },
  'late-first-reminder': {
    explanation:
      'The chance of being paid falls with every week of silence, and many invoices are merely forgotten.',
    fix: 'Write within ten days after the due date.',
  },
  'long-silence': {
    explanation:
      'After a month and a half without a word the next message reads as a new beginning, not as the next step.',
    fix: 'Add a stage in between.',
  },
  'idle-stage': {
    explanation: 'It counts as done and moves the level on, though nobody was told anything.',
    fix: 'Give it something to do, or take it out.',
  },
  'stern-before-due': {
    explanation:
      'Before the due date nothing is owed yet; a stern word there insults customers who pay on time.',
    fix: 'Make the stage friendly.',
  },
  'dead-end': {
    explanation:
      'Debts that survive the whole ladder are the dear ones; without a person or a repeat they are forgotten.',
    fix: 'Give somebody a task, repeat the last stage, or react to exhaustion.',
  },
  'disordered-stages': {
    explanation:
      'Readers and "previous" go by the order of the document, the engine by days; the two should agree.',
    fix: 'Write stages in the order of their days.',
  },
  'contradictory-condition': {
    explanation: 'What it guards never happens, and nothing else says so.',
    fix: 'Correct the values, or join the parts with any.',
  },
  'unreachable-level': {
    explanation: 'The severest level that holds wins, so a level below one that always holds is never seen.',
    fix: 'Give the severer level a condition or a later day.',
  },
  'levels-out-of-order': {
    explanation:
      'Reports and thresholds compare level numbers; a number that falls makes a harder step count as a milder one.',
    fix: 'Number stages from the mildest to the severest.',
  },
  'grace-holds-stage': {
    explanation:
      'The stage acts on another day than the one that is written, which the next reader will not expect.',
    fix: 'Count from the end of the grace, or change one of the two.',
  },
  'waits-for-condition': {
    explanation:
      'Debts of which the earlier condition never holds get neither stage: nobody writes, and no task reminds anybody.',
    fix: 'Ask for the same in both stages, let the first one expire, or give the second a day of its own.',
  },
  'stage-after-end': {
    explanation: 'Once a case has ended nothing acts in it any more.',
    fix: 'Put a condition on the ending stage, or take the later ones out.',
  },
  'handover-without-end': {
    explanation: 'Agencies hand debts back; a case that then has nothing ahead stays open for ever.',
    fix: 'Limit the life of the case, or propose to write it off.',
  },
  'repeated-effect': {
    explanation:
      'An effect stays on until it is released, so wanting it twice changes nothing and misleads readers.',
    fix: 'Leave it to the first stage that wants it.',
  },
  'effect-outlives-case': {
    explanation: 'A customer stays blocked for a debt that nobody pursues any more.',
    fix: 'Give somebody a task to decide, or leave the effect out.',
  },
  'approval-without-lapse': {
    explanation: 'Proposals that nobody opens stop the ladder of every customer behind them.',
    fix: 'Let proposals lapse, or let later stages supersede them.',
  },
  'mode-without-message': {
    explanation: 'Approving that somebody is given a task is a task about a task.',
    fix: 'Take mode out, or give the stage a message.',
  },
  'climbs-by-runs': {
    explanation: 'Whoever expects reminders to go out by themselves waits in vain.',
    fix: 'Request reviews as often as stages are to follow.',
  },
  'unused-deadline': {
    explanation:
      'A deadline that the debtor is told and nothing follows is one that teaches to ignore deadlines.',
    fix: 'Count the next stage from it, or take it out.',
  },
  'fee-without-terms': {
    explanation:
      'Only what was agreed or what a statute grants may be charged; without terms the charge is left out.',
    fix: 'Write the terms in the plan, or on accounts and invoices.',
  },
  'missing-fee-currency': {
    explanation: 'Debts in that currency are chased without the charge that others pay.',
    fix: 'Name an amount for every currency.',
  },
  'starved-by-gap': {
    explanation:
      'The later stage waits for the gap, slips past its day and may be skipped in favour of the next one.',
    fix: 'Move the stage, or shorten the gap.',
  },
  'starved-by-cap': {
    explanation: 'A stage beyond the cap is pushed back or skipped, though the timeline promises it.',
    fix: 'Move the stage, or raise the cap.',
  },
  'repeat-within-gap': {
    explanation: 'Repeats then come at the pace of the contact rules, not at the one that is written.',
    fix: 'Repeat less often.',
  },
  'window-on-days-off': {
    explanation: 'Where holidays and days off are closed, the channel can never be used.',
    fix: 'Open a window on business days.',
  },
  'drop-loses-days': {
    explanation:
      'A stage that lives for one day is lost whenever that day is closed for contact: with weekends, two in seven.',
    fix: 'Use late: "latest", or move stages to business days.',
  },
  'unused-channel-rule': {
    explanation: 'Mostly the channel is misspelt, and the rule that somebody relies on does not hold.',
    fix: 'Correct the channel, or take the rule out.',
  },
  'past-holidays': {
    explanation: 'Holidays to come count as business days, and customers are written to on them.',
    fix: 'Add the holidays of this year and the next.',
  },
  'patience-without-next': {
    explanation: 'Patience says when to try the next channel; after the last one there is none.',
    fix: 'Add a channel, or take the patience out.',
  },
  'waits-for-people': {
    explanation:
      'Where nobody finds the time to call, the debt rests for as long, and the letter after it too.',
    fix: 'Give the place patience: the time that somebody has for it.',
  },
  'left-behind': {
    explanation: 'The message goes out without the copy or the document that its text may speak of.',
    fix: 'Send it over a channel that carries them.',
  },
  'time-after-hours': {
    explanation: 'The stage misses its own day every time and goes out when contact opens again.',
    fix: 'Choose a time within the contact hours.',
  },
  'night-hours': {
    explanation: 'Writing about debts at night is forbidden in many countries and resented in all.',
    fix: 'Open windows between 07:00 and 21:00.',
  },
  'no-contact-hours': {
    explanation: 'A review at three in the morning then rings the phones of everybody who is due.',
    fix: 'Write contact windows.',
  },
  'expires-on-days-off': {
    explanation: 'A stage that expires while contact is closed is lost without anybody having decided so.',
    fix: 'Let it live longer than the longest closed stretch, or move it to business days.',
  },
  'unlimited-contact': {
    explanation:
      'Nothing keeps several invoices or policies from writing to one customer again and again on a day.',
    fix: 'Keep a gap or a cap.',
  },
  'last-worked-idle': {
    explanation:
      'The setting chooses among the channels of a stage; where there is but one it changes nothing.',
    fix: 'Name more channels in via, or leave the setting out.',
  },
  'consent-off': {
    explanation:
      'WhatsApp and most laws on messages to phones ask for consent; without it numbers are blocked and fined.',
    fix: 'Ask for consent, and record it.',
  },
  'no-channel': {
    explanation: 'The message can reach nobody: the stage waits, and the debt with it.',
    fix: 'Set the channel up, or name one that is.',
  },
  'sender-lacks': {
    explanation:
      'Debtors must see who writes, whom to ask and how to pay; a message that cannot say so is not sent.',
    fix: 'Complete the sender.',
  },
  'unmapped-template': {
    explanation:
      'WhatsApp takes approved templates only, so this message would be refused on the day it is due.',
    fix: 'Map it to an approved template.',
  },
  'wrong-parameter': {
    explanation:
      'A placeholder of the template would be empty, and a message with an empty placeholder is never sent.',
    fix: 'Fill placeholders with variables that the text uses.',
  },
  'unread-payload': {
    explanation:
      'What the button says then reaches nobody, or is read as words of the debtor’s, with less certainty.',
    fix: 'Give it a payload that is understood.',
  },
  'sms-sender': {
    explanation: 'Carriers drop such messages, mostly without telling, and they are charged all the same.',
    fix: 'Register the sender, or choose one that the country takes.',
  },
  'sms-link': {
    explanation: 'The message is dropped on its way, mostly without telling, and the debtor hears nothing.',
    fix: 'Leave links out of SMS to that country.',
  },
  'empty-policy': {
    explanation: 'It looks as if these customers were dunned, and they never are.',
    fix: 'Write stages, or null where nobody is to be reminded.',
  },
  'inactive-policy': {
    explanation:
      'Assignments of an inactive policy are passed over, so these customers get another one than is written.',
    fix: 'Name an active policy, or null.',
  },
  'pilot-of-all': {
    explanation: 'A test with nobody or everybody in it compares nothing.',
    fix: 'Change the share, or end the pilot.',
  },
  'same-arms': {
    explanation: 'An experiment whose arms are alike can only find chance.',
    fix: 'Give the arms different policies.',
  },
  'shadowed-experiment': {
    explanation: 'Its result will be an empty table.',
    fix: 'Say who takes part in the upper one.',
  },
  'lossy-adopt': {
    explanation:
      'Running cases forget what they did and begin again further down: customers get old reminders twice.',
    fix: 'Map old stages to new ones.',
  },
  'mistyped-role': {
    explanation:
      'A role that no contact has falls back to anybody, and a firm letter reaches the wrong desk.',
    fix: 'Correct the role, or name the roles there are in plan.roles.',
  },
  'tolerance-above-minimum': {
    explanation:
      'Debts below the tolerance count as settled, so a threshold below it hardly ever decides anything.',
    fix: 'Raise the threshold, or lower the tolerance.',
  },
  'no-default-policy': {
    explanation: 'New customers are not dunned until somebody remembers to assign them.',
    fix: 'Name a default policy, or null.',
  },
  'unused-policy': {
    explanation: 'Whoever edits it changes nothing.',
    fix: 'Assign it, or take it out.',
  },
  'unused-segment': {
    explanation: 'Accounts fall into it and are kept from segments below, for nothing.',
    fix: 'Use it, or take it out.',
  },
  'shadowed-segment': {
    explanation: 'The first segment that holds wins, so what is assigned to this one never applies.',
    fix: 'Change one of the conditions.',
  },
  'unused-message': {
    explanation: 'Texts that nobody sends are translated, approved and corrected for nothing.',
    fix: 'Send it, or take it out.',
  },
  'unused-fact': {
    explanation:
      'Declared facts tell readers what the host delivers for; one that nothing asks about misleads them.',
    fix: 'Ask about it, or take it out.',
  },
  'missing-threshold': {
    explanation: 'For debts in that currency a person is asked each time instead.',
    fix: 'Name an amount for every currency.',
  },
  'missing-variant': {
    explanation:
      'A text of another channel does not fit: an SMS has no room for an e-mail. The channel is passed over.',
    fix: 'Write the text, or take the channel out of the chain.',
  },
  'missing-language': {
    explanation: 'Customers are written to in a language that is not theirs, or not at all.',
    fix: 'Write the text in that language.',
  },
  'missing-debt': {
    explanation: 'A reminder that does not say what is owed is taken for spam, or for fraud.',
    fix: 'Name invoice, amount and due date.',
  },
  'missing-payment': {
    explanation: 'Who has to look for the way to pay pays later.',
    fix: 'Use {{pay}}.',
  },
  'missing-contact': {
    explanation: 'Disputes and promises come to light only where debtors know whom to answer.',
    fix: 'Use {{ask}}.',
  },
  'fees-not-charged': {
    explanation:
      'Fees stand in a message only where its own stage charges them; a text with an empty place is never sent.',
    fix: 'Charge the fee in the stage that names it.',
  },
  'late-words-before-due': {
    explanation: 'Before the due date no days are overdue; a text with an empty place is never sent.',
    fix: 'Send another message before the due date.',
  },
  'too-long': {
    explanation: 'Long texts are cut, refused or billed several times, and nobody reads them.',
    fix: 'Shorten the text.',
  },
  'thin-template': {
    explanation: 'Reviews of WhatsApp templates refuse texts that are little more than placeholders.',
    fix: 'Write more words, or use fewer variables.',
  },
  'threatening-words': {
    explanation:
      'Threats and shame cost the customer, break the law in many countries, and get WhatsApp numbers blocked.',
    fix: 'Say what is owed, by when, and what follows as agreed.',
  },
  shouting: {
    explanation:
      'Capitals and rows of exclamation marks read as shouting, and spam filters take them for spam.',
    fix: 'Write as in a letter.',
  },
  'promotional-words': {
    explanation:
      'A reminder is a utility message; words that sell move it to the marketing category, which costs more and needs another consent.',
    fix: 'Leave offers to other messages.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** Id of a rule. */
export type RuleId = keyof typeof reasons;
