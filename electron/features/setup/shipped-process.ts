/**
 * The process that every workspace starts with (domain.md section 5). No field is required: a team that wants the
 * minimum criteria ticked before a lead goes on says so in its own copy.
 */
import { type ProcessDefinition, processDefinitionSchema } from '../../../shared/rules/process/definition.ts';

export const shippedProcess: ProcessDefinition = processDefinitionSchema.parse({
  stages: [
    { id: 'inquiry', name: 'Inquiry', fields: ['contactId', 'accountId'] },
    {
      id: 'automatedMarketingQualification',
      name: 'Automated marketing qualification',
      fields: ['score', 'grade', 'salesReady', 'teleprospectReady'],
    },
    {
      id: 'teleprospectAcceptance',
      name: 'Teleprospect acceptance',
      fields: ['minimumCriteriaMet', 'teleprospectAccepted'],
      raisesWorkFor: 'teleprospector',
    },
    {
      id: 'teleprospectQualification',
      name: 'Teleprospect qualification',
      fields: [
        'purchaseNeed',
        'purchaseTimeFrame',
        'purchaseProcess',
        'budgetAmount',
        'budgetStatus',
        'decisionMaker',
        'description',
        'salesReady',
      ],
    },
    {
      id: 'salesAcceptance',
      name: 'Sales acceptance',
      fields: ['ownerId', 'salesAccepted'],
      raisesWorkFor: 'seller',
    },
  ],
  rules: [
    { id: 'salesReady', on: 'salesReady', to: 'salesAcceptance' },
    {
      id: 'teleprospectReady',
      on: 'teleprospectReady',
      from: ['inquiry', 'automatedMarketingQualification', 'salesAcceptance'],
      to: 'teleprospectAcceptance',
    },
    {
      id: 'teleprospectAccepted',
      on: 'teleprospectAccepted',
      from: ['inquiry', 'automatedMarketingQualification', 'teleprospectAcceptance'],
      to: 'teleprospectQualification',
    },
    { id: 'firstScore', on: 'firstScore', from: ['inquiry'], to: 'automatedMarketingQualification' },
  ],
  sellerStartStage: 'salesAcceptance',
  recycleStage: 'automatedMarketingQualification',
});
