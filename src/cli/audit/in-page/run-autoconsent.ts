interface AutoconsentWindow {
  autoconsentSendMessage?(message: AutoconsentMessage): Promise<void>;
  autoconsentReceiveMessage?(message: object): Promise<void>;
  autoconsentMessages?: AutoconsentMessage[];
}

interface AutoconsentMessage {
  type: string;
  cmp?: string;
  result?: boolean;
  state?: { lifecycle: string };
}

/** Lets autoconsent’s script say what it does; to be run before it. */
export function prepareMessages(): void {
  const scope = window as AutoconsentWindow;
  scope.autoconsentMessages = [];
  scope.autoconsentSendMessage = async (message) => void scope.autoconsentMessages!.push(message);
}

/**
 * Lets autoconsent’s script, which is in the frame, answer its banner.
 * @returns what was answered by; null where it found nothing, or did not get through in `mostMs` milliseconds
 */
export async function runAutoconsent(rules: object, autoAction: string, mostMs: number): Promise<string | null> {
  const scope = window as AutoconsentWindow;
  await scope.autoconsentReceiveMessage!({
    type: 'initResp',
    rules,
    config: {
      autoAction,
      isMainWorld: true,
      detectRetries: 1,
      enablePrehide: false,
      // Hiding a banner is no answer.
      enableCosmeticRules: false,
      heuristicMode: autoAction === 'optOut' ? 'reject' : 'off',
    },
  });
  const end = Date.now() + mostMs;
  while (Date.now() < end) {
    const messages = scope.autoconsentMessages!;
    const result = messages.find(({ type }) => type === `${autoAction}Result`);
    if (result) return result.result ? `autoconsent: ${result.cmp}` : null;
    if (messages.some(({ state }) => state?.lifecycle === 'nothingDetected')) return null;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}
