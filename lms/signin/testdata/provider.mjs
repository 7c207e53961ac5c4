// A real identity provider for the tests: oidc-provider, which asks no password but takes the test's word for who signs in (?as=ACCOUNT&says=JSON, what
// it is to say of them) or that nobody does (?no=ERROR). OIDC_REDIRECT is where its clients come from. It prints its address.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const people = {};
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'aula', client_secret: 'segreto-di-prova', redirect_uris: [process.env.OIDC_REDIRECT] }],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['given_name', 'family_name', 'fiscal_number'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/chi/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    cookies: { keys: ['di-prova'] },
    async loadExistingGrant(ctx) { // everybody agrees to everything
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (req, res) => {
    const url = new URL(req.url, issuer);
    if (!url.pathname.startsWith('/chi/')) return answer(req, res);
    const [no, as, says] = ['no', 'as', 'says'].map((name) => url.searchParams.get(name));
    if (as) people[as] = JSON.parse(says);
    provider.interactionFinished(req, res, no ? { error: no } : { login: { accountId: as } }).catch((err) => {
      res.statusCode = 500;
      res.end(String(err));
    });
  });
  console.log(issuer);
});
