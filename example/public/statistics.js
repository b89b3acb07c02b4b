{
  const { posthog: host } = document.currentScript.dataset;

  // Listening at the document: a script that is run again after consent is another element than the first.
  document.addEventListener(
    'load',
    ({ target }) => {
      if (target instanceof HTMLScriptElement && target.src === `${host}/static/array.js`) startPostHog();
    },
    true,
  );

  function startPostHog() {
    window.posthog.init('phc_example', {
      api_host: host,
      defaults: '2025-05-24',
      disable_session_recording: true,
      disable_surveys: true,
      // The portal is demonstrated and tested in automated browsers: their events count too.
      opt_out_useragent_filter: true,
    });
  }
}
