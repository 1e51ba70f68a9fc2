"""The heartbeat. It only wakes jobs up; the database knows what is due."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.dispatcher import Dispatcher
from handlers.router import Job, OfficeJob


def schedule(dispatcher: Dispatcher, jobs: Mapping[str, tuple[timedelta, Job]]) -> AsyncIOScheduler:
    """Schedule every job, and run each once at start, to catch up on what was missed.

    Jobs are safe to run at any time and on every replica, so nothing about them is stored.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)

    async def run(job: Job) -> None:
        threads = dispatcher.threads
        turn = threads.read if isinstance(job, OfficeJob) and job.only_reads else threads.run
        for step in await threads.read(dispatcher.steps, job):
            await turn(step)
        dispatcher.spoke()

    for name, (every, job) in jobs.items():
        scheduler.add_job(
            run,
            IntervalTrigger(seconds=int(every.total_seconds()), timezone=UTC),
            args=[job],
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
    return scheduler
