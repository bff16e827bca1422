import django.db.models.deletion
from django.db import migrations, models

from motcua.db.checks import ReplaceCheck


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0007_lists_by_order'),
        ('org', '0003_stamps'),
    ]

    operations = [
        ReplaceCheck(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['receipt', 'supplement', 'refusal', 'apology', 'stop', 'control', 'register', 'fee', 'refund', 'transfer'])), name='dossiers_slip_kind'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='overpaid',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveBigIntegerField()),
                ('way', models.CharField(max_length=8)),
                ('reason', models.CharField(max_length=1000)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.agency')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='dossiers.dossier')),
                ('slip', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refund', to='dossiers.slip')),
            ],
            options={
                'indexes': [models.Index(fields=['agency', 'at', 'id'], name='dossiers_refund_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['cash', 'transfer'])), name='dossiers_refund_way'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='dossiers_refund_some')],
            },
        ),
    ]
