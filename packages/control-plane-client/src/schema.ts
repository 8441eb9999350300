// Printed from openapi.json by scripts/generate.mjs; not edited by hand.

export interface paths {
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in, with organizations */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make an organization the active one */
        put: operations["switchOrganization"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes on all of the platform, newest first */
        get: operations["listPlatformAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Breakers that are open, why, and since when */
        get: operations["getFleetHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/health/close-breaker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let calls through again before a probe has shown that they are answered */
        post: operations["closeBreaker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues, spools and what was set aside */
        get: operations["getJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/jobs/{queue}/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that gave up, newest first (100) */
        get: operations["listDeadJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/jobs/{queue}/dead/{jobId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a dead job run again */
        post: operations["retryDeadJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Balances of the platform’s accounts, overrun included */
        get: operations["getPlatformLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/price-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set what providers charge, from now or later on; or see what that would change */
        post: operations["changePrices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/price-overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prices that operators set, where they are not the catalog’s */
        get: operations["listPriceOverrides"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/price-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an offer cost and will cost: buy prices and the sell prices of each plan, newest first */
        get: operations["listPriceVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/provider-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The platform’s provider entries */
        get: operations["listProviderEntries"];
        put?: never;
        /** Add a provider with its keys */
        post: operations["createProviderEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/provider-entries/{entryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an entry of source operator */
        delete: operations["deleteProviderEntry"];
        options?: never;
        head?: never;
        /** Switch an entry on or off, replace its keys */
        patch: operations["updateProviderEntry"];
        trace?: never;
    };
    "/api/operator/set-aside-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that could not be posted, newest first (100) */
        get: operations["listSetAsideRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organizations, newest first */
        get: operations["listTenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/operator/tenants/{organizationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Suspend, resume or limit an organization */
        patch: operations["updateTenant"];
        trace?: never;
    };
    "/api/operator/tenants/{organizationId}/credit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grant credit */
        post: operations["grantCredit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an organization with project, wallet and starting credit */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename an organization */
        patch: operations["renameOrganization"];
        trace?: never;
    };
    "/api/organizations/{organizationId}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, newest first */
        get: operations["listApiKeys"];
        put?: never;
        /** Create a key; its answer alone shows it */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/api-keys/{apiKeyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One key */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, models, limits or expiry; switch it off and on */
        patch: operations["updateApiKey"];
        trace?: never;
    };
    "/api/organizations/{organizationId}/api-keys/{apiKeyId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a key for good */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/api-keys/{apiKeyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace a key by a new one with the same limits */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, newest first */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Budgets with what their period has used */
        get: operations["listBudgets"];
        put?: never;
        /** Create a budget */
        post: operations["createBudget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/budgets/{budgetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Lift a budget */
        delete: operations["archiveBudget"];
        options?: never;
        head?: never;
        /** Change a budget’s limit */
        patch: operations["changeBudget"];
        trace?: never;
    };
    "/api/organizations/{organizationId}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The request log, newest first */
        get: operations["listCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/calls/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call with attempts and cost lines */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/calls/{callId}/bodies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Request and answer, where they are kept */
        get: operations["getCallBodies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open invitations */
        get: operations["listInvitations"];
        put?: never;
        /** Invite somebody by e-mail */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an invitation back */
        delete: operations["cancelInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a member, or leave */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Change a member’s role */
        patch: operations["changeMemberRole"];
        trace?: never;
    };
    "/api/organizations/{organizationId}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalog at the organization’s prices */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/models/{author}/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model with its offers */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/onboarding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Has the first request arrived? */
        get: operations["getOnboarding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sums of a period beside the one before */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Policies of all projects, or of one */
        get: operations["listPolicies"];
        put?: never;
        /** Create a policy, as a draft or in force */
        post: operations["createPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/policies/{policyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One policy with what is in force */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        /** Archive a policy that no key and no project uses */
        delete: operations["archivePolicy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/policies/{policyId}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a version in force on every gateway; an older one rolls back */
        post: operations["publishPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/policies/{policyId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a policy, newest first */
        get: operations["listPolicyVersions"];
        put?: never;
        /** Save a further version, as a draft or in force */
        post: operations["savePolicyVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects */
        get: operations["listProjects"];
        put?: never;
        /** Create a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename or archive a project, keep bodies or not, set its default policy */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/api/organizations/{organizationId}/projects/{projectId}/playground-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token for the playground, valid for 15 minutes */
        post: operations["createPlaygroundToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/provider-choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers that keys can be added for, and protocols of endpoints */
        get: operations["listOwnProviderChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers with keys of the organization’s own, and endpoints of its own */
        get: operations["listOwnProviders"];
        put?: never;
        /** Add keys for a provider, or an endpoint */
        post: operations["createOwnProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/providers/{entryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove it with its keys */
        delete: operations["deleteOwnProvider"];
        options?: never;
        head?: never;
        /** Switch it, change its mode, add or remove keys */
        patch: operations["updateOwnProvider"];
        trace?: never;
    };
    "/api/organizations/{organizationId}/providers/{entryId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask it one short question with each of its keys */
        post: operations["testOwnProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/usage/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage of a period by a dimension */
        get: operations["getUsageBreakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/usage/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage over time, split by a dimension */
        get: operations["getUsageSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Balance and the day it runs out */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{organizationId}/wallet/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ledger entries of the wallet, newest first */
        get: operations["listLedgerEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/platform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a page needs to know before log-in */
        get: operations["getPlatform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/simulator/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Faults switched on in the provider simulator (demo only) */
        get: operations["listSimulatorFaults"];
        /** Replace all faults (demo only) */
        put: operations["setSimulatorFaults"];
        post?: never;
        /** Switch all faults off (demo only) */
        delete: operations["clearSimulatorFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health of providers and models over 5 minutes, 1 hour and 24 hours */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiKey: {
            allowedModels: string[];
            budgets: components["schemas"]["Budget"][];
            calls30d: number;
            cost30dNanoUsd: string;
            /** Format: date-time */
            createdAt: string;
            disabledAt: string | null;
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            lastFour: string;
            lastUsedAt: string | null;
            maxConcurrency: number | null;
            memberId: string | null;
            memberName: string | null;
            name: string;
            policyId: string | null;
            policyName: string | null;
            prefix: string;
            /** Format: uuid */
            projectId: string;
            projectName: string;
            requestsPerMinute: number | null;
            revokedAt: string | null;
            /** @enum {string} */
            state: "active" | "disabled" | "expired" | "revoked";
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            nextCursor: string | null;
        };
        AuditEvent: {
            action: string;
            actorName: string | null;
            actorUserId: string | null;
            after: unknown;
            before: unknown;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            ipAddress: string | null;
            organizationId: string | null;
            targetId: string;
            targetKind: string;
        };
        AuditEventPage: {
            items: components["schemas"]["AuditEvent"][];
            nextCursor: string | null;
        };
        Budget: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            limitNanoUsd: string;
            /** @enum {string} */
            period: "day" | "week" | "month" | "total";
            periodEnd: string | null;
            periodStart: string | null;
            /** @enum {string} */
            scope: "organization" | "project" | "key" | "member";
            /** Format: uuid */
            scopeId: string;
            scopeName: string;
            usedNanoUsd: string;
            usedPpm: number;
        };
        BudgetList: {
            items: components["schemas"]["Budget"][];
        };
        Call: {
            attemptCount: number;
            /** @enum {string} */
            billingReason: "finished" | "failed" | "empty" | "truncated" | "client_left_before_commit" | "client_left_after_commit" | "budget_exceeded" | "gateway_lost";
            cachedTokens: number;
            completionTokens: number;
            costNanoUsd: string;
            /** Format: date-time */
            createdAt: string;
            dialect: string;
            durationMs: number;
            endpoint: string;
            endUser: string | null;
            errorCode: string | null;
            failedOver: boolean;
            finishReason: string | null;
            firstTokenMs: number | null;
            /** Format: uuid */
            id: string;
            keyId: string | null;
            keyName: string | null;
            memberId: string | null;
            memberName: string | null;
            modelId: string | null;
            /** Format: uuid */
            projectId: string;
            projectName: string | null;
            promptTokens: number;
            providerId: string | null;
            reasoningTokens: number;
            requestedModel: string;
            status: number;
            stream: boolean;
        };
        CallAttempt: {
            clock: ("connect" | "headers" | "first_token" | "gap" | "total") | null;
            committed: boolean;
            connectMs: number | null;
            durationMs: number;
            /** Format: uuid */
            entryId: string;
            firstTokenMs: number | null;
            headersMs: number | null;
            /** Format: uuid */
            id: string;
            message: string | null;
            modelId: string;
            number: number;
            offerId: string;
            /** @enum {string} */
            outcome: "success" | "transport" | "timeout" | "rate_limited" | "overloaded" | "server_error" | "credential_rejected" | "quota_exhausted" | "model_unavailable" | "context_length" | "content_policy" | "invalid_request" | "malformed" | "empty" | "invalid_output" | "truncated" | "cancelled";
            providerCode: string | null;
            providerId: string;
            providerModel: string;
            reason: string;
            region: string | null;
            retryAfterMs: number | null;
            splice: {
                atCharacters: number;
                /** @enum {string} */
                mode: "restart" | "prefill" | "instruction";
                skippedCharacters: number;
            } | null;
            startedMs: number;
            statusCode: number | null;
        };
        CallBodies: {
            answer: components["schemas"]["CallBody"] | null;
            request: components["schemas"]["CallBody"] | null;
        };
        CallBody: {
            originalBytes: number;
            text: string;
            truncated: boolean;
        };
        CallDetail: {
            attemptCount: number;
            attempts: components["schemas"]["CallAttempt"][];
            /** @enum {string} */
            billingReason: "finished" | "failed" | "empty" | "truncated" | "client_left_before_commit" | "client_left_after_commit" | "budget_exceeded" | "gateway_lost";
            bodiesKept: boolean;
            cachedTokens: number;
            clientRequestId: string | null;
            completionTokens: number;
            costNanoUsd: string;
            /** Format: date-time */
            createdAt: string;
            dialect: string;
            dropped: string[];
            durationMs: number;
            endpoint: string;
            endUser: string | null;
            errorCode: string | null;
            failedOver: boolean;
            finishReason: string | null;
            firstTokenMs: number | null;
            /** Format: uuid */
            id: string;
            keyId: string | null;
            keyName: string | null;
            lines: components["schemas"]["CallLine"][];
            memberId: string | null;
            memberName: string | null;
            modelId: string | null;
            nativeFinishReason: string | null;
            overheadUs: number;
            policy: {
                /** Format: uuid */
                id: string;
                name: string;
                version: number;
            } | null;
            /** Format: uuid */
            projectId: string;
            projectName: string | null;
            promptTokens: number;
            providerId: string | null;
            providerResponseId: string | null;
            reasoningTokens: number;
            requestedModel: string;
            rescued: boolean;
            status: number;
            stream: boolean;
            tags: {
                [key: string]: string;
            };
            userAgent: string | null;
        };
        CallLine: {
            attempt: number;
            bucket: string;
            costNanoUsd: string;
            counted: boolean;
            nanoUsdPerMillion: string;
            number: number;
            priceEffectiveFrom: string | null;
            priceVersionId: string | null;
            units: string;
            unpriced: boolean;
        };
        CallPage: {
            items: components["schemas"]["Call"][];
            nextCursor: string | null;
            tailCursor: string;
        };
        CatalogModel: {
            author: string;
            callable: boolean;
            capabilities: {
                [key: string]: boolean | null;
            };
            contextWindow: number | null;
            description: string | null;
            id: string;
            inputModalities: string[];
            inputNanoUsdPerMillion: string | null;
            kind: string;
            maxOutputTokens: number | null;
            name: string;
            outputModalities: string[];
            outputNanoUsdPerMillion: string | null;
            providerIds: string[];
            releasedAt: string | null;
            status: string;
        };
        CatalogModelDetail: {
            author: string;
            callable: boolean;
            capabilities: {
                [key: string]: boolean | null;
            };
            contextWindow: number | null;
            description: string | null;
            id: string;
            inputModalities: string[];
            inputNanoUsdPerMillion: string | null;
            kind: string;
            maxOutputTokens: number | null;
            name: string;
            names: string[];
            offers: components["schemas"]["CatalogOffer"][];
            outputModalities: string[];
            outputNanoUsdPerMillion: string | null;
            providerIds: string[];
            releasedAt: string | null;
            status: string;
        };
        CatalogModelList: {
            items: components["schemas"]["CatalogModel"][];
        };
        CatalogOffer: {
            billing: string;
            callable: boolean;
            contextWindow: number | null;
            endpoints: string[];
            endsAt: string | null;
            errorPpm: number | null;
            firstTokenP50Ms: number | null;
            id: string;
            maxOutputTokens: number | null;
            price: {
                /** Format: date-time */
                effectiveFrom: string;
                hasHours: boolean;
                prices: {
                    [key: string]: string;
                };
                tiers: {
                    aboveInputTokens: number;
                    prices: {
                        [key: string]: string;
                    };
                }[];
                versionId: string;
            } | null;
            providerId: string;
            providerModel: string;
            providerName: string;
            status: string;
        };
        CreatedApiKey: {
            apiKey: components["schemas"]["ApiKey"];
            secret: string;
        };
        DeadJob: {
            attemptsMade: number;
            /** Format: date-time */
            createdAt: string;
            failedReason: string;
            finishedAt: string | null;
            id: string;
            payload: string;
            queue: string;
        };
        DeadJobList: {
            items: components["schemas"]["DeadJob"][];
        };
        ErrorAnswer: {
            error: {
                /** @enum {string} */
                code: "invalid_request" | "unauthenticated" | "forbidden" | "untrusted_origin" | "not_found" | "method_not_allowed" | "conflict" | "request_too_large" | "unsupported_media_type" | "rate_limited" | "email_not_verified" | "service_unavailable" | "internal_error";
                fields?: {
                    message: string;
                    path: string;
                }[];
                message: string;
                requestId: string;
            };
        };
        FleetHealth: {
            breakers: components["schemas"]["OpenBreaker"][];
            /** Format: date-time */
            readAt: string;
        };
        Invitation: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
        };
        InvitationList: {
            items: components["schemas"]["Invitation"][];
        };
        JobsState: {
            queues: components["schemas"]["QueueState"][];
            setAsideRecords: number;
            spools: {
                id: string;
                position: string;
                /** Format: date-time */
                updatedAt: string;
            }[];
        };
        KnownProvider: {
            baseUrl: string;
            docsUrl: string;
            id: string;
            name: string;
        };
        LedgerEntry: {
            amountNanoUsd: string;
            /** Format: date-time */
            createdAt: string;
            description: string | null;
            /** @enum {string} */
            kind: "charge" | "grant" | "top_up" | "refund" | "correction";
            sequence: string;
            sourceId: string;
            /** Format: uuid */
            transactionId: string;
        };
        LedgerEntryPage: {
            items: components["schemas"]["LedgerEntry"][];
            nextCursor: string | null;
        };
        Me: {
            activeOrganizationId: string | null;
            /** Format: date-time */
            createdAt: string;
            email: string;
            emailVerified: boolean;
            /** Format: uuid */
            id: string;
            name: string;
            operator: boolean;
            organizations: {
                defaultProjectId: string | null;
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                memberId: string;
                name: string;
                /** @enum {string} */
                role: "owner" | "admin" | "member";
                slug: string;
            }[];
            twoFactorEnabled: boolean;
        };
        Member: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: uuid */
            id: string;
            isYou: boolean;
            name: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
            /** Format: uuid */
            userId: string;
        };
        MemberList: {
            items: components["schemas"]["Member"][];
        };
        Onboarding: {
            firstCall: {
                costNanoUsd: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: uuid */
                id: string;
                requestedModel: string;
                status: number;
            } | null;
            firstKeyAt: string | null;
        };
        OpenBreaker: {
            /** @enum {string} */
            cause: "failures_in_row" | "error_rate" | "slow_starts" | "credential" | "outage" | "cooling";
            credentialHint: string | null;
            credentialId: string | null;
            detail: string;
            entryId: string;
            name: string;
            offerId: string | null;
            providerId: string | null;
            providerName: string | null;
            region: string | null;
            /** @enum {string} */
            scope: "target" | "credential" | "entry";
            /** Format: date-time */
            since: string;
            times: number;
            /** Format: date-time */
            until: string;
            waitsForProbe: boolean;
        };
        Organization: {
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            defaultProjectId: string;
            /** Format: uuid */
            id: string;
            maxConcurrency: number | null;
            name: string;
            pricePlanId: string;
            requestsPerMinute: number | null;
            /** @enum {string} */
            role: "owner" | "admin" | "member";
            slug: string;
            suspended: boolean;
            /** Format: uuid */
            walletId: string;
        };
        Overview: {
            current: components["schemas"]["UsageMeasures"];
            /** Format: date-time */
            from: string;
            previous: components["schemas"]["UsageMeasures"];
            /** Format: date-time */
            to: string;
        };
        OwnProvider: {
            baseUrl: string;
            /** Format: date-time */
            createdAt: string;
            credentials: {
                /** Format: date-time */
                createdAt: string;
                hint: string;
                /** Format: uuid */
                id: string;
            }[];
            enabled: boolean;
            /** Format: uuid */
            id: string;
            isEndpoint: boolean;
            /** @enum {string} */
            mode: "first" | "only";
            projectId: string | null;
            projectName: string | null;
            protocol: string;
            providerId: string;
            providerName: string;
            region: string | null;
            tokenUrl: string | null;
            unlistedModels: boolean;
            /** Format: date-time */
            updatedAt: string;
        };
        OwnProviderChoices: {
            protocols: string[];
            providers: components["schemas"]["KnownProvider"][];
        };
        OwnProviderList: {
            items: components["schemas"]["OwnProvider"][];
        };
        OwnProviderTest: {
            model: string;
            results: {
                credentialId: string | null;
                durationMs: number;
                hint: string | null;
                message: string | null;
                /** @enum {string} */
                outcome: "success" | "transport" | "timeout" | "rate_limited" | "overloaded" | "server_error" | "credential_rejected" | "quota_exhausted" | "model_unavailable" | "context_length" | "content_policy" | "invalid_request" | "malformed" | "empty" | "invalid_output" | "truncated" | "cancelled";
                statusCode: number | null;
            }[];
        };
        Platform: {
            cardPayments: boolean;
            demo: boolean;
            gatewayUrl: string;
            /** @enum {string} */
            mail: "smtp" | "mailbox";
            /** @enum {string} */
            signup: "open" | "invite" | "closed";
            simulator: boolean;
        };
        PlatformLedger: {
            overrunNanoUsd: string;
            promotionsNanoUsd: string;
            providers: {
                payableNanoUsd: string;
                providerId: string;
            }[];
            revenueNanoUsd: string;
            sumNanoUsd: string;
            walletsNanoUsd: string;
        };
        PlatformStatus: {
            /** Format: date-time */
            madeAt: string;
            providers: components["schemas"]["ProviderStatus"][];
            targets: components["schemas"]["TargetStatus"][];
        };
        PlaygroundToken: {
            /** Format: date-time */
            expiresAt: string;
            token: string;
        };
        Policy: {
            archivedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            isProjectDefault: boolean;
            keys: number;
            latestVersion: number;
            name: string;
            /** Format: uuid */
            projectId: string;
            projectName: string;
            publishedAt: string | null;
            publishedDocument: components["schemas"]["PolicyDocument"] | null;
            publishedVersion: number | null;
        };
        PolicyDocument: {
            failover?: {
                alsoOn?: ("empty" | "invalid_output")[];
                connectMs?: number;
                fallbackModels?: string[];
                firstTokenMs?: number;
                gapMs?: number;
                headersMs?: number;
                hedge?: boolean | {
                    afterMs: number;
                };
                /** @enum {string} */
                keepAlive?: "early" | "commit";
                rescue?: boolean | {
                    holdBackMs?: number;
                    holdBackTokens?: number;
                    otherModels?: boolean;
                };
                totalMs?: number;
            };
        };
        PolicyList: {
            items: components["schemas"]["Policy"][];
        };
        PolicyVersion: {
            authorName: string | null;
            /** Format: date-time */
            createdAt: string;
            document: components["schemas"]["PolicyDocument"];
            /** Format: uuid */
            id: string;
            isPublished: boolean;
            note: string | null;
            number: number;
        };
        PolicyVersionPage: {
            items: components["schemas"]["PolicyVersion"][];
            nextCursor: string | null;
        };
        PriceChangeResult: {
            applied: boolean;
            changes: {
                field: string;
                from: string | null;
                offerId: string;
                to: string | null;
            }[];
        };
        PriceOverride: {
            catalogPrices: {
                [key: string]: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            effectiveFrom: string;
            offerId: string;
            prices: {
                [key: string]: string;
            };
        };
        PriceOverrideList: {
            items: components["schemas"]["PriceOverride"][];
        };
        PriceVersion: {
            completed: string[];
            /** Format: date-time */
            effectiveFrom: string;
            effectiveTo: string | null;
            hours: {
                days?: number[];
                factorPpm: number;
                fromMinute: number;
                toMinute: number;
            }[];
            id: string;
            pricePlanId: string | null;
            prices: {
                [key: string]: string;
            };
            /** @enum {string} */
            side: "buy" | "sell";
            tiers: {
                aboveInputTokens: number;
                prices: {
                    [key: string]: string;
                };
            }[];
        };
        PriceVersionList: {
            items: components["schemas"]["PriceVersion"][];
        };
        Project: {
            activeKeys: number;
            archivedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            defaultPolicyId: string | null;
            /** Format: uuid */
            id: string;
            isDefault: boolean;
            keepBodies: boolean;
            name: string;
            slug: string;
        };
        ProjectList: {
            items: components["schemas"]["Project"][];
        };
        ProviderEntry: {
            baseUrl: string;
            /** Format: date-time */
            createdAt: string;
            credentials: {
                /** Format: date-time */
                createdAt: string;
                hint: string;
                /** Format: uuid */
                id: string;
            }[];
            enabled: boolean;
            /** Format: uuid */
            id: string;
            offers: number;
            protocol: string;
            providerId: string;
            providerName: string;
            region: string | null;
            /** @enum {string} */
            source: "environment" | "simulator" | "file" | "operator";
            unlistedModels: boolean;
            /** Format: date-time */
            updatedAt: string;
        };
        ProviderEntryList: {
            items: components["schemas"]["ProviderEntry"][];
        };
        ProviderStatus: {
            providerId: string;
            providerName: string;
            /** @enum {string} */
            state: "operational" | "degraded" | "down" | "quiet";
            windows: {
                "1h": components["schemas"]["StatusFigures"] | null;
                "5m": components["schemas"]["StatusFigures"] | null;
                "24h": components["schemas"]["StatusFigures"] | null;
            };
        };
        QueueState: {
            active: number;
            completed: number;
            dead: number;
            delayed: number;
            name: string;
            waiting: number;
        };
        SetAsideRecord: {
            /** Format: date-time */
            createdAt: string;
            error: string;
            number: string;
            payload: string;
            spoolId: string;
        };
        SetAsideRecordList: {
            items: components["schemas"]["SetAsideRecord"][];
        };
        SimulatorFault: {
            fault: string;
            model?: string;
            options?: {
                [key: string]: string | number | boolean;
            };
            provider?: string;
            times?: number;
        };
        SimulatorFaultList: {
            items: {
                fault: string;
                happened: number;
                model?: string;
                options?: {
                    [key: string]: string | number | boolean;
                };
                provider?: string;
                times?: number;
            }[];
            known: {
                about: string;
                fault: string;
            }[];
        };
        StatusFigures: {
            errorPpm: number | null;
            firstTokenP50Ms: number | null;
            firstTokenP95Ms: number | null;
            tokensPerSecondP50: number | null;
            uptimePpm: number | null;
        };
        TargetStatus: {
            modelId: string;
            modelName: string;
            providerId: string;
            /** @enum {string} */
            state: "operational" | "degraded" | "down" | "quiet";
            windows: {
                "1h": components["schemas"]["StatusFigures"] | null;
                "5m": components["schemas"]["StatusFigures"] | null;
                "24h": components["schemas"]["StatusFigures"] | null;
            };
        };
        Tenant: {
            activeKeys: number;
            balanceNanoUsd: string;
            calls30d: number;
            cost30dNanoUsd: string;
            /** Format: date-time */
            createdAt: string;
            maxConcurrency: number | null;
            members: number;
            name: string;
            /** Format: uuid */
            organizationId: string;
            pricePlanId: string | null;
            providerCost30dNanoUsd: string;
            requestsPerMinute: number | null;
            slug: string;
            suspendedAt: string | null;
            walletId: string | null;
        };
        TenantPage: {
            items: components["schemas"]["Tenant"][];
            nextCursor: string | null;
        };
        UsageBreakdown: {
            rows: {
                cachedTokens: number;
                calls: number;
                completionTokens: number;
                costNanoUsd: string;
                durationP50Ms: number | null;
                durationP95Ms: number | null;
                errors: number;
                failedOver: number;
                firstTokenP50Ms: number | null;
                firstTokenP95Ms: number | null;
                id: string;
                label: string;
                promptTokens: number;
                reasoningTokens: number;
            }[];
            total: components["schemas"]["UsageMeasures"];
        };
        UsageMeasures: {
            cachedTokens: number;
            calls: number;
            completionTokens: number;
            costNanoUsd: string;
            durationP50Ms: number | null;
            durationP95Ms: number | null;
            errors: number;
            failedOver: number;
            firstTokenP50Ms: number | null;
            firstTokenP95Ms: number | null;
            promptTokens: number;
            reasoningTokens: number;
        };
        UsageSeries: {
            /** Format: date-time */
            from: string;
            groups: {
                id: string;
                label: string;
                total: components["schemas"]["UsageMeasures"];
            }[];
            /** @enum {string} */
            interval: "15m" | "hour" | "day";
            points: {
                cachedTokens: number;
                calls: number;
                completionTokens: number;
                costNanoUsd: string;
                durationP50Ms: number | null;
                durationP95Ms: number | null;
                errors: number;
                failedOver: number;
                firstTokenP50Ms: number | null;
                firstTokenP95Ms: number | null;
                groupId: string;
                promptTokens: number;
                reasoningTokens: number;
                /** Format: date-time */
                start: string;
            }[];
            starts: string[];
            /** Format: date-time */
            to: string;
        };
        Wallet: {
            balanceNanoUsd: string;
            chargedNanoUsd: string;
            creditedNanoUsd: string;
            /** Format: uuid */
            id: string;
            runsOutAt: string | null;
            spendPerDayNanoUsd: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    switchOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    organizationId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listPlatformAuditEvents: {
        parameters: {
            query?: {
                action?: string;
                actorUserId?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getFleetHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FleetHealth"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    closeBreaker: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsState"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listDeadJobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadJobList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    retryDeadJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getPlatformLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformLedger"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    changePrices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    apply?: boolean;
                    changes: {
                        /** @default null */
                        effectiveFrom?: string | null;
                        offerId: string;
                        prices: {
                            [key: string]: string;
                        } | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceChangeResult"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listPriceOverrides: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceOverrideList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listPriceVersions: {
        parameters: {
            query: {
                offerId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceVersionList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listProviderEntries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderEntryList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createProviderEntry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    apiKeys: string[];
                    /** Format: uri */
                    baseUrl?: string;
                    protocol?: string;
                    providerId: string;
                    /** @default null */
                    region?: string | null;
                    /** @default null */
                    tokenUrl?: string | null;
                    /** @default null */
                    unlistedPrice?: {
                        [key: string]: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderEntry"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    deleteProviderEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    updateProviderEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    apiKeys?: string[];
                    enabled?: boolean;
                    unlistedPrice?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderEntry"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listSetAsideRecords: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetAsideRecordList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listTenants: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    updateTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    maxConcurrency?: number | null;
                    requestsPerMinute?: number | null;
                    suspended?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    grantCredit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amountNanoUsd: string;
                    description: string;
                    /** Format: uuid */
                    idempotencyKey: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    renameOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                projectId?: string;
                state?: "active" | "disabled" | "expired" | "revoked" | "all";
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    allowedModels?: string[];
                    /** @default null */
                    budget?: {
                        limitNanoUsd: string;
                        /** @enum {string} */
                        period: "day" | "week" | "month" | "total";
                    } | null;
                    /** @default null */
                    expiresAt?: string | null;
                    /** @default null */
                    maxConcurrency?: number | null;
                    name: string;
                    /** @default null */
                    policyId?: string | null;
                    /** Format: uuid */
                    projectId?: string;
                    /** @default null */
                    requestsPerMinute?: number | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKeyId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    updateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKeyId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    allowedModels?: string[];
                    disabled?: boolean;
                    expiresAt?: string | null;
                    maxConcurrency?: number | null;
                    name?: string;
                    policyId?: string | null;
                    requestsPerMinute?: number | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKeyId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                apiKeyId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                action?: string;
                actorUserId?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limitNanoUsd: string;
                    /** @enum {string} */
                    period: "day" | "week" | "month" | "total";
                    /** @enum {string} */
                    scope: "organization" | "project" | "key" | "member";
                    /** Format: uuid */
                    scopeId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    archiveBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                budgetId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    changeBudget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                budgetId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limitNanoUsd: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listCalls: {
        parameters: {
            query?: {
                after?: string;
                billingReason?: ("finished" | "failed" | "empty" | "truncated" | "client_left_before_commit" | "client_left_after_commit" | "budget_exceeded" | "gateway_lost") | ("finished" | "failed" | "empty" | "truncated" | "client_left_before_commit" | "client_left_after_commit" | "budget_exceeded" | "gateway_lost")[];
                cursor?: string;
                endUser?: string;
                errorCode?: string | string[];
                failedOver?: "true" | "false";
                from?: string;
                keyId?: string | string[];
                limit?: number;
                maxAttempts?: number;
                maxCostNanoUsd?: string;
                maxDurationMs?: number;
                maxFirstTokenMs?: number;
                memberId?: string | string[];
                minAttempts?: number;
                minCostNanoUsd?: string;
                minDurationMs?: number;
                minFirstTokenMs?: number;
                model?: string | string[];
                projectId?: string;
                provider?: string | string[];
                status?: string | string[];
                stream?: "true" | "false";
                tag?: string | string[];
                text?: string;
                to?: string;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallDetail"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getCallBodies: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                callId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallBodies"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @enum {string} */
                    role: "owner" | "admin" | "member";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    cancelInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitationId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memberId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    changeMemberRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memberId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "owner" | "admin" | "member";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                author?: string | string[];
                callable?: "true" | "false";
                kind?: string | string[];
                provider?: string | string[];
                search?: string;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogModelList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                author: string;
                organizationId: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogModelDetail"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getOnboarding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Onboarding"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query: {
                from: string;
                keyId?: string | string[];
                memberId?: string | string[];
                model?: string | string[];
                projectId?: string;
                provider?: string | string[];
                to: string;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                archived?: "true" | "false";
                projectId?: string;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: {
                        failover?: {
                            alsoOn?: ("empty" | "invalid_output")[];
                            connectMs?: number;
                            fallbackModels?: string[];
                            firstTokenMs?: number;
                            gapMs?: number;
                            headersMs?: number;
                            hedge?: boolean | {
                                afterMs: number;
                            };
                            /** @enum {string} */
                            keepAlive?: "early" | "commit";
                            rescue?: boolean | {
                                holdBackMs?: number;
                                holdBackTokens?: number;
                                otherModels?: boolean;
                            };
                            totalMs?: number;
                        };
                    };
                    name: string;
                    /** @default null */
                    note?: string | null;
                    /** Format: uuid */
                    projectId?: string;
                    /** @default false */
                    publish?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    archivePolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    publishPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    version: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listPolicyVersions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                organizationId: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    savePolicyVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    basedOn?: number;
                    document: {
                        failover?: {
                            alsoOn?: ("empty" | "invalid_output")[];
                            connectMs?: number;
                            fallbackModels?: string[];
                            firstTokenMs?: number;
                            gapMs?: number;
                            headersMs?: number;
                            hedge?: boolean | {
                                afterMs: number;
                            };
                            /** @enum {string} */
                            keepAlive?: "early" | "commit";
                            rescue?: boolean | {
                                holdBackMs?: number;
                                holdBackTokens?: number;
                                otherModels?: boolean;
                            };
                            totalMs?: number;
                        };
                    };
                    /** @default null */
                    note?: string | null;
                    /** @default false */
                    publish?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listProjects: {
        parameters: {
            query?: {
                archived?: "true" | "false";
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    keepBodies?: boolean;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    defaultPolicyId?: string | null;
                    keepBodies?: boolean;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createPlaygroundToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaygroundToken"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listOwnProviderChoices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnProviderChoices"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listOwnProviders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnProviderList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    createOwnProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    apiKeys?: string[];
                    /** Format: uri */
                    baseUrl?: string;
                    /**
                     * @default first
                     * @enum {string}
                     */
                    mode?: "first" | "only";
                    /** @default null */
                    projectId?: string | null;
                    protocol?: string;
                    providerId: string;
                    /** @default null */
                    region?: string | null;
                    /** @default null */
                    tokenUrl?: string | null;
                    /** @default false */
                    unlistedModels?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnProvider"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    deleteOwnProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    updateOwnProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    addApiKeys?: string[];
                    enabled?: boolean;
                    /** @enum {string} */
                    mode?: "first" | "only";
                    removeCredentials?: string[];
                    unlistedModels?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnProvider"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    testOwnProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    model?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnProviderTest"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getUsageBreakdown: {
        parameters: {
            query: {
                by: "model" | "provider" | "project" | "key" | "member";
                from: string;
                keyId?: string | string[];
                limit?: number;
                memberId?: string | string[];
                model?: string | string[];
                projectId?: string;
                provider?: string | string[];
                to: string;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageBreakdown"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getUsageSeries: {
        parameters: {
            query: {
                by?: "model" | "provider" | "project" | "key" | "member" | "none";
                from: string;
                interval?: "15m" | "hour" | "day";
                keyId?: string | string[];
                memberId?: string | string[];
                model?: string | string[];
                projectId?: string;
                provider?: string | string[];
                timeZone?: string;
                to: string;
                top?: number;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageSeries"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getWallet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listLedgerEntries: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: ("charge" | "grant" | "top_up" | "refund" | "correction") | ("charge" | "grant" | "top_up" | "refund" | "correction")[];
                limit?: number;
            };
            header?: never;
            path: {
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryPage"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getPlatform: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Platform"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    listSimulatorFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulatorFaultList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    setSimulatorFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    faults: {
                        fault: string;
                        model?: string;
                        options?: {
                            [key: string]: string | number | boolean;
                        };
                        provider?: string;
                        times?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulatorFaultList"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    clearSimulatorFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformStatus"];
                };
            };
            /** @description An error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorAnswer"];
                };
            };
        };
    };
}
