"""Plans, tasks, targets and steering documents by API: the same actions as the pages."""

from ninja import Router

from motcua.planning.api.amending import router as amending
from motcua.planning.api.plans import router as plans
from motcua.planning.api.targets import router as targets
from motcua.planning.api.tasks import router as tasks

router = Router()
router.add_router("", plans, tags=["plans"])
router.add_router("", amending, tags=["plans"])
router.add_router("", tasks, tags=["tasks"])
router.add_router("", targets, tags=["targets"])

__all__ = ["router"]
