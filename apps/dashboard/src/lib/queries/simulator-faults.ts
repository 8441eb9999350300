import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, browserApi, type Api, type Schemas } from '../api';

export type Fault = Schemas['SimulatorFault'];

const KEY = ['simulator-faults'];

/** Switches of the provider simulator: those that are on, and all that there are. */
export function simulatorFaultsQuery(api: Api) {
  return queryOptions({
    queryKey: KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/api/simulator/faults', { signal })),
  });
}

/** Puts a list in the place of all switches; the page shows it at once. */
export function useSetFaults() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (faults: Fault[]) => answerOf(browserApi.PUT('/api/simulator/faults', { body: { faults } })),
    onMutate: async (faults) => {
      await client.cancelQueries({ queryKey: KEY });
      const before = client.getQueryData<Schemas['SimulatorFaultList']>(KEY);
      if (before)
        client.setQueryData(KEY, { ...before, items: faults.map((fault) => ({ ...fault, happened: 0 })) });
      return { before };
    },
    onError: (_error, _faults, context) => client.setQueryData(KEY, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** A switch as it is sent: what was counted of it stays behind. */
export function bareFault({ provider, model, fault, times, options }: Fault): Fault {
  return {
    fault,
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(times === undefined ? {} : { times }),
    ...(options === undefined ? {} : { options }),
  };
}
