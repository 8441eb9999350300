import type { z } from 'zod';
import * as apiKeys from './api-keys.js';
import { auditEventPage, listAuditEventsQuery } from './audit-events.js';
import * as budgets from './budgets.js';
import * as calls from './calls.js';
import { nothing, organizationPath } from './fields.js';
import { createOrganizationInput, me, platform, switchOrganizationInput } from './me.js';
import * as members from './members.js';
import * as models from './models.js';
import { onboarding } from './onboarding.js';
import * as operator from './operator.js';
import { organization, renameOrganizationInput } from './organizations.js';
import { playgroundToken } from './playground.js';
import * as projects from './projects.js';
import { setSimulatorFaultsInput, simulatorFaultList } from './simulator-faults.js';
import * as usage from './usage.js';
import * as wallet from './wallet.js';

/**
 * Who may call a route: anybody; who is logged in; a member of the path's organization, or one of its admins and
 * owners; an operator of the platform. Verbs check finer rules, such as a member's own keys.
 */
export type RouteAccess = 'public' | 'session' | 'member' | 'admin' | 'operator';

export interface RouteDefinition {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{parameters}` as in OpenAPI. */
  path: string;
  tag: string;
  summary: string;
  access: RouteAccess;
  /** Status of a good answer. */
  status: 200 | 201 | 204;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  answer: z.ZodType;
}

const ORG = '/api/organizations/{organizationId}';
const inOrg = { params: organizationPath };
const op = { tag: 'operator', access: 'operator' } as const;
const ok = { status: 200 } as const;
const made = { status: 201 } as const;
const done = { status: 204, answer: nothing } as const;

/** Every route of the control plane besides the sign-in library's own under `/api/auth`. */
export const controlPlaneRoutes = {
  getPlatform: { method: 'GET', path: '/api/platform', tag: 'session', access: 'public', summary: 'What a page needs to know before log-in', ...ok, answer: platform },
  getMe: { method: 'GET', path: '/api/me', tag: 'session', access: 'session', summary: 'Who is logged in, with organizations', ...ok, answer: me },
  switchOrganization: { method: 'PUT', path: '/api/me/organization', tag: 'session', access: 'session', summary: 'Make an organization the active one', ...ok, body: switchOrganizationInput, answer: me },
  createOrganization: { method: 'POST', path: '/api/organizations', tag: 'organizations', access: 'session', summary: 'Create an organization with project, wallet and starting credit', ...made, body: createOrganizationInput, answer: organization },
  getOrganization: { method: 'GET', path: ORG, tag: 'organizations', access: 'member', summary: 'One organization', ...ok, ...inOrg, answer: organization },
  renameOrganization: { method: 'PATCH', path: ORG, tag: 'organizations', access: 'admin', summary: 'Rename an organization', ...ok, ...inOrg, body: renameOrganizationInput, answer: organization },
  getOnboarding: { method: 'GET', path: `${ORG}/onboarding`, tag: 'organizations', access: 'member', summary: 'Has the first request arrived?', ...ok, ...inOrg, answer: onboarding },
  listProjects: { method: 'GET', path: `${ORG}/projects`, tag: 'projects', access: 'member', summary: 'Projects', ...ok, ...inOrg, query: projects.listProjectsQuery, answer: projects.projectList },
  createProject: { method: 'POST', path: `${ORG}/projects`, tag: 'projects', access: 'admin', summary: 'Create a project', ...made, ...inOrg, body: projects.createProjectInput, answer: projects.project },
  updateProject: { method: 'PATCH', path: `${ORG}/projects/{projectId}`, tag: 'projects', access: 'admin', summary: 'Rename or archive a project, keep bodies or not', ...ok, params: projects.projectPath, body: projects.updateProjectInput, answer: projects.project },
  createPlaygroundToken: { method: 'POST', path: `${ORG}/projects/{projectId}/playground-token`, tag: 'projects', access: 'member', summary: 'A token for the playground, valid for 15 minutes', ...made, params: projects.projectPath, answer: playgroundToken },
  listMembers: { method: 'GET', path: `${ORG}/members`, tag: 'members', access: 'member', summary: 'Members', ...ok, ...inOrg, answer: members.memberList },
  changeMemberRole: { method: 'PATCH', path: `${ORG}/members/{memberId}`, tag: 'members', access: 'admin', summary: 'Change a member’s role', ...ok, params: members.memberPath, body: members.changeMemberRoleInput, answer: members.member },
  removeMember: { method: 'DELETE', path: `${ORG}/members/{memberId}`, tag: 'members', access: 'member', summary: 'Remove a member, or leave', ...done, params: members.memberPath },
  listInvitations: { method: 'GET', path: `${ORG}/invitations`, tag: 'members', access: 'admin', summary: 'Open invitations', ...ok, ...inOrg, answer: members.invitationList },
  inviteMember: { method: 'POST', path: `${ORG}/invitations`, tag: 'members', access: 'admin', summary: 'Invite somebody by e-mail', ...made, ...inOrg, body: members.inviteMemberInput, answer: members.invitation },
  cancelInvitation: { method: 'DELETE', path: `${ORG}/invitations/{invitationId}`, tag: 'members', access: 'admin', summary: 'Take an invitation back', ...done, params: members.invitationPath },
  listApiKeys: { method: 'GET', path: `${ORG}/api-keys`, tag: 'api-keys', access: 'member', summary: 'API keys, newest first', ...ok, ...inOrg, query: apiKeys.listApiKeysQuery, answer: apiKeys.apiKeyPage },
  createApiKey: { method: 'POST', path: `${ORG}/api-keys`, tag: 'api-keys', access: 'member', summary: 'Create a key; its answer alone shows it', ...made, ...inOrg, body: apiKeys.createApiKeyInput, answer: apiKeys.createdApiKey },
  getApiKey: { method: 'GET', path: `${ORG}/api-keys/{apiKeyId}`, tag: 'api-keys', access: 'member', summary: 'One key', ...ok, params: apiKeys.apiKeyPath, answer: apiKeys.apiKey },
  updateApiKey: { method: 'PATCH', path: `${ORG}/api-keys/{apiKeyId}`, tag: 'api-keys', access: 'member', summary: 'Change name, models, limits or expiry; switch it off and on', ...ok, params: apiKeys.apiKeyPath, body: apiKeys.updateApiKeyInput, answer: apiKeys.apiKey },
  revokeApiKey: { method: 'POST', path: `${ORG}/api-keys/{apiKeyId}/revoke`, tag: 'api-keys', access: 'member', summary: 'Stop a key for good', ...ok, params: apiKeys.apiKeyPath, answer: apiKeys.apiKey },
  rotateApiKey: { method: 'POST', path: `${ORG}/api-keys/{apiKeyId}/rotate`, tag: 'api-keys', access: 'member', summary: 'Replace a key by a new one with the same limits', ...made, params: apiKeys.apiKeyPath, answer: apiKeys.createdApiKey },
  listBudgets: { method: 'GET', path: `${ORG}/budgets`, tag: 'budgets', access: 'member', summary: 'Budgets with what their period has used', ...ok, ...inOrg, answer: budgets.budgetList },
  createBudget: { method: 'POST', path: `${ORG}/budgets`, tag: 'budgets', access: 'admin', summary: 'Create a budget', ...made, ...inOrg, body: budgets.createBudgetInput, answer: budgets.budget },
  changeBudget: { method: 'PATCH', path: `${ORG}/budgets/{budgetId}`, tag: 'budgets', access: 'admin', summary: 'Change a budget’s limit', ...ok, params: budgets.budgetPath, body: budgets.changeBudgetInput, answer: budgets.budget },
  archiveBudget: { method: 'DELETE', path: `${ORG}/budgets/{budgetId}`, tag: 'budgets', access: 'admin', summary: 'Lift a budget', ...done, params: budgets.budgetPath },
  listCalls: { method: 'GET', path: `${ORG}/calls`, tag: 'calls', access: 'member', summary: 'The request log, newest first', ...ok, ...inOrg, query: calls.listCallsQuery, answer: calls.callPage },
  getCall: { method: 'GET', path: `${ORG}/calls/{callId}`, tag: 'calls', access: 'member', summary: 'One call with attempts and cost lines', ...ok, params: calls.callPath, answer: calls.callDetail },
  getCallBodies: { method: 'GET', path: `${ORG}/calls/{callId}/bodies`, tag: 'calls', access: 'member', summary: 'Request and answer, where they are kept', ...ok, params: calls.callPath, answer: calls.callBodies },
  getOverview: { method: 'GET', path: `${ORG}/overview`, tag: 'usage', access: 'member', summary: 'Sums of a period beside the one before', ...ok, ...inOrg, query: usage.overviewQuery, answer: usage.overview },
  getUsageSeries: { method: 'GET', path: `${ORG}/usage/series`, tag: 'usage', access: 'member', summary: 'Usage over time, split by a dimension', ...ok, ...inOrg, query: usage.usageSeriesQuery, answer: usage.usageSeries },
  getUsageBreakdown: { method: 'GET', path: `${ORG}/usage/breakdown`, tag: 'usage', access: 'member', summary: 'Usage of a period by a dimension', ...ok, ...inOrg, query: usage.usageBreakdownQuery, answer: usage.usageBreakdown },
  getWallet: { method: 'GET', path: `${ORG}/wallet`, tag: 'wallet', access: 'member', summary: 'Balance and the day it runs out', ...ok, ...inOrg, answer: wallet.wallet },
  listLedgerEntries: { method: 'GET', path: `${ORG}/wallet/entries`, tag: 'wallet', access: 'member', summary: 'Ledger entries of the wallet, newest first', ...ok, ...inOrg, query: wallet.listLedgerEntriesQuery, answer: wallet.ledgerEntryPage },
  listModels: { method: 'GET', path: `${ORG}/models`, tag: 'models', access: 'member', summary: 'The catalog at the organization’s prices', ...ok, ...inOrg, query: models.listModelsQuery, answer: models.catalogModelList },
  getModel: { method: 'GET', path: `${ORG}/models/{author}/{slug}`, tag: 'models', access: 'member', summary: 'One model with its offers', ...ok, params: models.modelPath, answer: models.catalogModelDetail },
  listAuditEvents: { method: 'GET', path: `${ORG}/audit-events`, tag: 'audit', access: 'admin', summary: 'Who changed what, newest first', ...ok, ...inOrg, query: listAuditEventsQuery, answer: auditEventPage },
  listSimulatorFaults: { method: 'GET', path: '/api/simulator/faults', tag: 'simulator', access: 'session', summary: 'Faults switched on in the provider simulator (demo only)', ...ok, answer: simulatorFaultList },
  setSimulatorFaults: { method: 'PUT', path: '/api/simulator/faults', tag: 'simulator', access: 'session', summary: 'Replace all faults (demo only)', ...ok, body: setSimulatorFaultsInput, answer: simulatorFaultList },
  clearSimulatorFaults: { method: 'DELETE', path: '/api/simulator/faults', tag: 'simulator', access: 'session', summary: 'Switch all faults off (demo only)', ...done },
  listTenants: { method: 'GET', path: '/api/operator/tenants', ...op, summary: 'Organizations, newest first', ...ok, query: operator.listTenantsQuery, answer: operator.tenantPage },
  getTenant: { method: 'GET', path: '/api/operator/tenants/{organizationId}', ...op, summary: 'One organization', ...ok, params: operator.tenantPath, answer: operator.tenant },
  updateTenant: { method: 'PATCH', path: '/api/operator/tenants/{organizationId}', ...op, summary: 'Suspend, resume or limit an organization', ...ok, params: operator.tenantPath, body: operator.updateTenantInput, answer: operator.tenant },
  grantCredit: { method: 'POST', path: '/api/operator/tenants/{organizationId}/credit', ...op, summary: 'Grant credit', ...made, params: operator.tenantPath, body: operator.grantCreditInput, answer: operator.tenant },
  listProviderEntries: { method: 'GET', path: '/api/operator/provider-entries', ...op, summary: 'The platform’s provider entries', ...ok, answer: operator.providerEntryList },
  createProviderEntry: { method: 'POST', path: '/api/operator/provider-entries', ...op, summary: 'Add a provider with its keys', ...made, body: operator.createProviderEntryInput, answer: operator.providerEntry },
  updateProviderEntry: { method: 'PATCH', path: '/api/operator/provider-entries/{entryId}', ...op, summary: 'Switch an entry on or off, replace its keys', ...ok, params: operator.providerEntryPath, body: operator.updateProviderEntryInput, answer: operator.providerEntry },
  deleteProviderEntry: { method: 'DELETE', path: '/api/operator/provider-entries/{entryId}', ...op, summary: 'Remove an entry of source operator', ...done, params: operator.providerEntryPath },
  getPlatformLedger: { method: 'GET', path: '/api/operator/ledger', ...op, summary: 'Balances of the platform’s accounts, overrun included', ...ok, answer: operator.platformLedger },
  getJobs: { method: 'GET', path: '/api/operator/jobs', ...op, summary: 'Queues, spools and what was set aside', ...ok, answer: operator.jobsState },
  listDeadJobs: { method: 'GET', path: '/api/operator/jobs/{queue}/dead', ...op, summary: 'Jobs that gave up, newest first (100)', ...ok, params: operator.queuePath, answer: operator.deadJobList },
  retryDeadJob: { method: 'POST', path: '/api/operator/jobs/{queue}/dead/{jobId}/retry', ...op, summary: 'Let a dead job run again', ...done, params: operator.deadJobPath },
  listSetAsideRecords: { method: 'GET', path: '/api/operator/set-aside-records', ...op, summary: 'Records that could not be posted, newest first (100)', ...ok, answer: operator.setAsideRecordList },
  listPlatformAuditEvents: { method: 'GET', path: '/api/operator/audit-events', ...op, summary: 'Changes on all of the platform, newest first', ...ok, query: listAuditEventsQuery, answer: auditEventPage },
} as const satisfies Record<string, RouteDefinition>;

export type ControlPlaneRoutes = typeof controlPlaneRoutes;
export type ControlPlaneRouteName = keyof ControlPlaneRoutes;
